package io.offloadlab.bench.report;

import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.offloadlab.bench.metric.Column;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Tables as CSV files: numbers in full, texts in quotation marks where they hold blanks. */
public final class CsvTables {
  private static final int MOST_CHARACTERS = 1 << 20;

  private CsvTables() {}

  /** Writes a table's columns under their names. */
  public static void write(Writer out, List<tech.tablesaw.columns.Column<?>> columns) {
    CsvWriter csv = writer(out);
    csv.writeHeaders(columns.stream().map(tech.tablesaw.columns.Column::name).toList());
    append(csv, columns);
  }

  /** Writes a table's rows, to go after those that there are. */
  static void append(Writer out, List<tech.tablesaw.columns.Column<?>> columns) {
    append(writer(out), columns);
  }

  private static CsvWriter writer(Writer out) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    settings.getFormat().setQuoteEscape('"');
    settings.setQuotationTriggers(' ');
    settings.setSkipEmptyLines(false);
    return new CsvWriter(out, settings);
  }

  private static void append(CsvWriter csv, List<tech.tablesaw.columns.Column<?>> columns) {
    for (int r = 0; r < columns.get(0).size(); r++) {
      int row = r;
      csv.writeRow(columns.stream().map(c -> c.getUnformattedString(row)).toList());
    }
    csv.flush();
  }

  private static Reader reader(Path file) throws IOException {
    InputStream bytes = Files.newInputStream(file);
    try {
      return new InputStreamReader(
          file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  /**
   * Reads a table back, from a file that may be compressed by gzip.
   *
   * @param declared its columns; others are read as Tablesaw takes them
   * @throws RunFailure if the file cannot be read
   */
  public static Table read(Path file, List<? extends Column<?>> declared) {
    try (Reader in = reader(file)) {
      return Table.read()
          .usingOptions(
              CsvReadOptions.builder(in)
                  .maxCharsPerColumn(MOST_CHARACTERS)
                  .columnTypesPartial(
                      name ->
                          declared.stream()
                              .filter(c -> c.key().equals(name))
                              .findFirst()
                              .map(Column::type)
                              .or(Optional::empty)));
    } catch (IOException e) {
      throw new RunFailure("'%s' cannot be read: %s".formatted(file, Reasons.of(e)), e);
    } catch (RuntimeException e) {
      // Tablesaw and its parser have exceptions of their own.
      throw new RunFailure(
          "'%s' is no table of a run: a value does not fit its column, or a row has other columns than the first"
              .formatted(file),
          e);
    }
  }
}
