package io.offloadlab.learning.curve;

import io.offloadlab.eventlog.EventFile;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Training curves as {@value #TABLE} and as TensorBoard's event files, in one directory. A training
 * that goes on from a checkpoint goes on in the same table; what was written after the checkpoint
 * is dropped, and so is a last line that an interruption tore.
 *
 * @param <T> what a row is made from
 */
public final class CurveLog<T> implements Consumer<T>, AutoCloseable {
  /** Name of the table. */
  public static final String TABLE = "training.csv";

  private final List<Curve<T>> curves;
  private final ToLongFunction<T> step;
  private final BufferedWriter csv;
  private final EventFile events;

  private CurveLog(
      List<Curve<T>> curves, ToLongFunction<T> step, BufferedWriter csv, EventFile events) {
    this.curves = curves;
    this.step = step;
    this.csv = csv;
    this.events = events;
  }

  /**
   * Begins a log, or goes on with one.
   *
   * @param directory where to, or nothing for no log
   * @param run ends the names of event files, such as {@code ddpg}
   * @param curves the first is the row's number, from 1 and whole
   * @param step TensorBoard's abscissa
   * @param done rows of an earlier, interrupted training that are kept, by their number
   * @throws RunFailure if the directory cannot be written to
   */
  public static <T> CurveLog<T> open(
      Optional<Path> directory,
      String run,
      List<Curve<T>> curves,
      ToLongFunction<T> step,
      int done) {
    if (directory.isEmpty()) {
      return new CurveLog<>(curves, step, null, null);
    }
    try {
      Path folder = Files.createDirectories(directory.get());
      Path table = folder.resolve(TABLE);
      String header = curves.stream().map(Curve::column).collect(Collectors.joining(","));
      byte[] before =
          String.join("\n", kept(table, header, done))
              .concat("\n")
              .getBytes(StandardCharsets.UTF_8);
      WholeFile.write(table, before);
      EventFile events = EventFile.create(folder, String.format(Locale.ROOT, "%s-%06d", run, done));
      return new CurveLog<>(
          curves, step, Files.newBufferedWriter(table, StandardOpenOption.APPEND), events);
    } catch (IOException e) {
      throw new RunFailure("cannot write a training log to " + directory.get(), e);
    }
  }

  private static List<String> kept(Path table, String header, int done) throws IOException {
    List<String> rows = new ArrayList<>(List.of(header));
    if (done > 0 && Files.exists(table)) {
      String text = Files.readString(table);
      // What no line feed ends was torn while it was written.
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      whole
          .lines()
          .skip(1)
          .filter(row -> Integer.parseInt(row.substring(0, row.indexOf(','))) <= done)
          .forEach(rows::add);
    }
    return rows;
  }

  /**
   * Writes one row, and one point of every curve that TensorBoard shows.
   *
   * @throws RunFailure if it cannot be written
   */
  @Override
  public void accept(T row) {
    if (csv == null) {
      return;
    }
    try {
      csv.write(
          curves.stream()
              .map(c -> c.value().apply(row).toString())
              .collect(Collectors.joining(",", "", "\n")));
      csv.flush();
      for (Curve<T> c : curves) {
        if (c.tag().isPresent()) {
          events.scalar(c.tag().get(), step.applyAsLong(row), c.value().apply(row).doubleValue());
        }
      }
    } catch (IOException cause) {
      throw new RunFailure("cannot write the training log", cause);
    }
  }

  @Override
  public void close() {
    if (csv == null) {
      return;
    }
    try (csv;
        events) {
      csv.flush();
    } catch (IOException cause) {
      throw new RunFailure("cannot write the training log", cause);
    }
  }
}
