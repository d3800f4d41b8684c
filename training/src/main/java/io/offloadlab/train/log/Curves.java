package io.offloadlab.train.log;

import io.offloadlab.eventlog.EventFile;
import io.offloadlab.failure.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Epochs as rows of {@code training.csv} and as TensorBoard's curves, in one directory. */
public final class Curves implements TrainingListener, AutoCloseable {
  /** Name of the table. */
  public static final String TABLE = "training.csv";

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
   * @throws RunFailure if the directory cannot be written to
   */
  public static Curves open(Path folder, int epochs) {
    try {
      Files.createDirectories(folder);
      Path csv = folder.resolve(TABLE);
      List<String> kept = epochs == 0 ? List.of() : kept(csv, epochs);
      Files.write(csv, kept);
      EventFile events = EventFile.create(folder, "training-%04d".formatted(epochs));
      return new Curves(csv, events, !kept.isEmpty());
    } catch (IOException e) {
      throw failure(folder, e);
    }
  }

  private static List<String> kept(Path csv, int epochs) throws IOException {
    List<String> rows = new ArrayList<>();
    if (Files.exists(csv)) {
      for (String row : Files.readAllLines(csv)) {
        String first = row.substring(0, Math.max(0, row.indexOf(',')));
        if (first.equals("epoch") || Integer.parseInt(first) <= epochs) {
          rows.add(row);
        }
      }
    }
    return rows;
  }

  @Override
  public void epochDone(EpochReport r) {
    StringBuilder rows = new StringBuilder();
    if (!headed) {
      rows.append("epoch,steps,seconds,").append(String.join(",", r.figures().keySet()));
      rows.append('\n');
    }
    rows.append("%d,%d,%.3f".formatted(r.epoch(), r.steps(), r.seconds()));
    r.figures().values().forEach(v -> rows.append(',').append(v));
    rows.append('\n');
    try {
      Files.writeString(csv, rows, StandardOpenOption.APPEND);
      headed = true;
      for (Map.Entry<String, Double> f : r.figures().entrySet()) {
        events.scalar(f.getKey().replaceFirst("_", "/"), r.epoch(), f.getValue());
      }
    } catch (IOException e) {
      throw failure(csv, e);
    }
  }

  private static RunFailure failure(Path path, IOException e) {
    return new RunFailure("%s: the training log cannot be written (%s)".formatted(path, e), e);
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
