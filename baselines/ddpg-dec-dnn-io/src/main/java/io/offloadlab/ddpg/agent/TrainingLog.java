package io.offloadlab.ddpg.agent;

import io.offloadlab.failure.RunFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Training curves as {@code training.csv} and as TensorBoard's event files, in one directory. */
final class TrainingLog implements Consumer<Episode>, AutoCloseable {
  private static final String HEADER =
      "episode,steps,reward,critic_loss,value,sigma,score,best_score";

  private final BufferedWriter csv;
  private final EventFile events;

  private TrainingLog(BufferedWriter csv, EventFile events) {
    this.csv = csv;
    this.events = events;
  }

  /**
   * @param directory where to, or nothing for no log
   * @param episodes already trained: later rows of an earlier, interrupted training are dropped
   * @throws RunFailure if the directory cannot be written to
   */
  static TrainingLog open(Optional<Path> directory, int episodes) {
    if (directory.isEmpty()) {
      return new TrainingLog(null, null);
    }
    try {
      Path folder = Files.createDirectories(directory.get());
      Path csv = folder.resolve("training.csv");
      Files.write(csv, kept(csv, episodes));
      return new TrainingLog(
          Files.newBufferedWriter(csv, StandardOpenOption.APPEND),
          EventFile.create(folder, episodes));
    } catch (IOException e) {
      throw new RunFailure("cannot write a training log to " + directory.get(), e);
    }
  }

  private static List<String> kept(Path csv, int episodes) throws IOException {
    List<String> rows = new ArrayList<>(List.of(HEADER));
    if (episodes > 0 && Files.exists(csv)) {
      Files.readAllLines(csv).stream()
          .skip(1)
          .filter(row -> Integer.parseInt(row.substring(0, row.indexOf(','))) <= episodes)
          .forEach(rows::add);
    }
    return rows;
  }

  @Override
  public void accept(Episode e) {
    if (csv == null) {
      return;
    }
    try {
      csv.write(
          "%d,%d,%s,%s,%s,%s,%s,%s%n"
              .formatted(
                  e.number(),
                  e.steps(),
                  e.reward(),
                  e.criticLoss(),
                  e.value(),
                  e.sigma(),
                  e.score(),
                  e.bestScore()));
      csv.flush();
      events.scalar("train/reward", e.steps(), e.reward());
      events.scalar("train/critic_loss", e.steps(), e.criticLoss());
      events.scalar("train/value", e.steps(), e.value());
      events.scalar("train/sigma", e.steps(), e.sigma());
      events.scalar("eval/score", e.steps(), e.score());
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
