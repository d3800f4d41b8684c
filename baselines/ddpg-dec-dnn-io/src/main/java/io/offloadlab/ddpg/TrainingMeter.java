package io.offloadlab.ddpg;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far a training is. */
public interface TrainingMeter {
  /** Shows nothing. */
  TrainingMeter SILENT = (name, episodes) -> new Silent();

  /**
   * A training begins.
   *
   * @param name of it
   * @param episodes in all
   */
  Training begin(String name, long episodes);

  /** One training; closed when it ends, well or not. */
  interface Training extends AutoCloseable {
    /** One more episode is done. */
    void step();

    /** As many episodes are done or left out. */
    void reached(long episodes);

    @Override
    void close();
  }

  /** A progress bar on standard error if someone is watching, else one line in the log. */
  static TrainingMeter ofTerminal() {
    return isInteractive() ? TrainingMeter::bar : TrainingMeter::line;
  }

  private static Training bar(String name, long episodes) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(name)
            .setInitialMax(episodes)
            .setUnit(" episodes", 1)
            .setStyle(ProgressBarStyle.ASCII)
            .build();
    return new Training() {
      @Override
      public void step() {
        bar.step();
      }

      @Override
      public void reached(long done) {
        bar.stepTo(done);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  private static Training line(String name, long episodes) {
    Logger log = LoggerFactory.getLogger(TrainingMeter.class);
    log.info("{}: {} episodes at most", name, episodes);
    return new Silent();
  }

  /** From Java 22 on there is a console even without a terminal, and a method that tells. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isInteractive() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("Console.isTerminal is public from Java 22 on", e);
    }
  }

  /** Shows nothing. */
  final class Silent implements Training {
    @Override
    public void step() {}

    @Override
    public void reached(long episodes) {}

    @Override
    public void close() {}
  }
}
