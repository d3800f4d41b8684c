package io.offloadlab.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void write_fileThatIsThere_replacedAndAlone() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "what was there before");

    WholeFile.write(file, NEW);

    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void write_contentFailsHalfWay_oldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(NEW);
                      throw new IOException("disk full");
                    }))
        .withMessage("disk full");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write(NEW);
                      throw new UncheckedIOException(new IOException("link down"));
                    }));

    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void write_placeTakenByAFolder_failsAndLeavesNothing() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("a.txt").resolve("b"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> WholeFile.write(taken.getParent(), NEW));

    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void write_noFolder_failsNamingIt() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> WholeFile.write(folder.resolve("none").resolve("a.txt"), NEW))
        .withMessageContaining("none");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  @DisplayName("a file has the mode that the process's umask gives, not that of a temporary file")
  void write_modeIsThatOfAnyNewFile() throws IOException {
    Path usual = Files.writeString(folder.resolve("usual"), "");
    Path file = folder.resolve("a.txt");

    WholeFile.write(file, NEW);

    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
  }

  @Test
  void place_completePartFile_movedOverTheOldOne() throws IOException {
    Path part = Files.write(folder.resolve("a.txt.part"), NEW);
    Path file = Files.writeString(folder.resolve("a.txt"), "old");

    WholeFile.place(part, file);

    assertThat(file).hasContent("new");
    assertThat(names()).containsExactly("a.txt");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }
}
