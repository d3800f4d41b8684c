package io.offloadlab.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.failure.RunFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  /** FIPS 180-4's example of one block. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @Test
  @DisplayName("files, streams and buffers have the hash that the standard gives")
  void of_abc_asInTheStandard() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap("xabcx".getBytes(StandardCharsets.US_ASCII), 1, 3);

    assertThat(Sha256.of(Files.write(folder.resolve("abc"), ABC))).isEqualTo(OF_ABC);
    assertThat(Sha256.of(new ByteArrayInputStream(ABC))).isEqualTo(OF_ABC);
    assertThat(Sha256.of(buffer)).isEqualTo(OF_ABC);
    assertThat(buffer.remaining()).isEqualTo(3);
  }

  @Test
  void digestOf_parts_asOfTheWhole() {
    byte[] digest = Sha256.digestOf(ByteBuffer.wrap(ABC, 0, 1), ByteBuffer.wrap(ABC, 1, 2));

    assertThat(HexFormat.of().formatHex(digest)).isEqualTo(OF_ABC);
  }

  @Test
  void required_noFile_runFailureNamingIt() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> Sha256.required(folder.resolve("none")))
        .withMessageContaining("none: cannot be read");
  }
}
