package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.Strategies;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.strategy.StrategyProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Names of strategies are their modules' business. */
class StrategyNamesTest {
  private static final Path HOME = Path.of(System.getProperty(ModelShelf.HOME));

  /** Commands that belong to one strategy's launcher. */
  private static final List<String> TOOLS =
      List.of("LegoDnnTool.java", "LegoDnnCloudCommand.java", "TwinTrainCommand.java");

  @Test
  @DisplayName("no strategy or option of one is named in bench and common, but by its own tool")
  void sources_nameNoStrategy() throws IOException {
    Pattern names =
        Pattern.compile(
            Strategies.onClassPath().all().stream()
                .map(StrategyProvider::name)
                .collect(Collectors.joining("|", "\"(", ")[.\"]")));

    try (Stream<Path> bench = Files.walk(HOME.resolve("bench/src/main"));
        Stream<Path> common = Files.walk(HOME.resolve("common"))) {
      assertThat(Stream.concat(bench, common))
          .filteredOn(f -> f.toString().endsWith(".java") && f.toString().contains("src/main"))
          .filteredOn(f -> !TOOLS.contains(f.getFileName().toString()))
          .isNotEmpty()
          .allSatisfy(f -> assertThat(names.matcher(text(f)).find()).as(f.toString()).isFalse());
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
