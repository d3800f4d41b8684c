package io.offloadlab.bench.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.models.ModelShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** {@code docs/measurements.md} lists the columns as they are declared. */
class ColumnsPageTest {
  private static final Path PAGE =
      Path.of(System.getProperty(ModelShelf.HOME), "docs", "measurements.md");

  @Test
  @DisplayName("the page's lists of columns are the declared ones, to be copied from the failure")
  void page_everyFile_listsItsColumns() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(page)
        .contains(list("summary.csv", Metrics.ofStreams()))
        .contains(list("tasks.csv", Metrics.ofTasks()))
        .contains(list("validation.csv", Metrics.ofValidation()));
  }

  private static <R> String list(String file, List<Column<R>> columns) {
    return columns.stream()
        .filter(Column::filed)
        .map(c -> "| `%s` | %s | %s |\n".formatted(c.key(), c.unit().symbol(), c.docs()))
        .collect(
            Collectors.joining(
                "",
                "| column of `%s` | unit | meaning |\n| --- | --- | --- |\n".formatted(file),
                ""));
  }
}
