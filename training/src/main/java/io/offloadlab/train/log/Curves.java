package io.offloadlab.train.log;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.CsvWriter;
import com.univocity.parsers.csv.CsvWriterSettings;
import io.offloadlab.eventlog.EventFile;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Reasons;
import io.offloadlab.files.WholeFile;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Epochs as rows of {@code training.csv} and as TensorBoard's curves, in one directory. */
public final class Curves implements TrainingListener, AutoCloseable {
  /** Name of the table. */
  public static final String TABLE = "training.csv";

  private static final Logger LOG = LoggerFactory.getLogger(Curves.class);

  private final Path csv;
  private final EventFile events;
  private boolean headed;

  private Curves(Path csv, EventFile events, boolean headed) {
    this.csv = csv;
    this.events = events;
    this.headed = headed;
  }

  /**
   * Opens the log of a training.
   *
   * @param folder is made if need be
   * @param epochs done already: rows of later ones, from before an interruption, are dropped
   * @throws RunFailure if the directory cannot be written to, or the table is not a training's
   */
  public static Curves open(Path folder, int epochs) {
    try {
      Files.createDirectories(folder);
      Path csv = folder.resolve(TABLE);
      List<String[]> kept = epochs == 0 ? List.of() : kept(csv, epochs);
      WholeFile.write(csv, lines(kept).getBytes(StandardCharsets.UTF_8));
      EventFile events =
          EventFile.create(folder, String.format(Locale.ROOT, "training-%04d", epochs));
      return new Curves(csv, events, !kept.isEmpty());
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  /**
   * Rows that a checkpoint knows of. A training that was killed may have left a torn last line,
   * which is left out.
   */
  private static List<String[]> kept(Path csv, int epochs) throws IOException {
    if (!Files.exists(csv)) {
      return List.of();
    }
    String text = Files.readString(csv);
    int whole = text.lastIndexOf('\n') + 1;
    if (whole < text.length()) {
      LOG.warn("{}: the last line is torn ('{}') and was dropped", csv, text.substring(whole));
    }
    List<String[]> rows = new ArrayList<>();
    for (String[] row :
        new CsvParser(parsed()).parseAll(new StringReader(text.substring(0, whole)))) {
      if (rows.isEmpty() || epoch(csv, row) <= epochs) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static int epoch(Path csv, String[] row) {
    try {
      return Integer.parseInt(row[0]);
    } catch (NumberFormatException e) {
      throw new RunFailure(
          "%s: a row begins with '%s', not with an epoch: move the file away or give another --out"
              .formatted(csv, row[0]),
          e);
    }
  }

  private static CsvParserSettings parsed() {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\n");
    return settings;
  }

  private static String lines(List<? extends Object[]> rows) {
    CsvWriterSettings settings = new CsvWriterSettings();
    settings.getFormat().setLineSeparator("\n");
    StringWriter text = new StringWriter();
    CsvWriter csv = new CsvWriter(text, settings);
    rows.forEach(csv::writeRow);
    csv.flush();
    return text.toString();
  }

  @Override
  public void epochDone(EpochReport r) {
    List<Object[]> rows = new ArrayList<>();
    if (!headed) {
      rows.add(row(List.of("epoch", "steps", "seconds"), r.figures().keySet()));
    }
    String seconds = String.format(Locale.ROOT, "%.3f", r.seconds());
    rows.add(row(List.of(r.epoch(), r.steps(), seconds), r.figures().values()));
    try {
      Files.writeString(csv, lines(rows), StandardOpenOption.APPEND);
      headed = true;
      for (Map.Entry<String, Double> f : r.figures().entrySet()) {
        events.scalar(f.getKey().replaceFirst("_", "/"), r.epoch(), f.getValue());
      }
    } catch (IOException e) {
      throw failure(csv, e);
    }
  }

  private static Object[] row(List<?> first, Collection<?> figures) {
    return Stream.concat(first.stream(), figures.stream()).toArray();
  }

  private static RunFailure failure(Path path, IOException e) {
    return new RunFailure(
        "%s: the training log cannot be written (%s)".formatted(path, Reasons.of(e)), e);
  }

  @Override
  public void close() {
    try {
      events.close();
    } catch (IOException e) {
      throw failure(csv, e);
    }
  }
}
