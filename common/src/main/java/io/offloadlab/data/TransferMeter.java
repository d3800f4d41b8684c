package io.offloadlab.data;

import io.offloadlab.data.Dataset.RemoteFile;
import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far a download is. */
interface TransferMeter {
  /**
   * A transfer begins.
   *
   * @param from bytes that are here already
   */
  Transfer begin(RemoteFile remote, long from);

  /** One transfer; closed when it ends, well or not. */
  interface Transfer extends AutoCloseable {
    void reached(long bytes);

    @Override
    void close();
  }

  /** A progress bar on standard error if someone is watching, else one line in the log. */
  static TransferMeter ofTerminal() {
    return isInteractive() ? TransferMeter::bar : TransferMeter::line;
  }

  private static Transfer bar(RemoteFile remote, long from) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(remote.name())
            .setInitialMax(remote.bytes())
            .setUnit(" MiB", 1 << 20)
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .startsFrom(from, Duration.ZERO)
            .build();
    return new Transfer() {
      @Override
      public void reached(long bytes) {
        bar.stepTo(bytes);
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  private static Transfer line(RemoteFile remote, long from) {
    Logger log = LoggerFactory.getLogger(TransferMeter.class);
    log.info("downloading {} from byte {} of {}", remote.address(), from, remote.bytes());
    return new Transfer() {
      @Override
      public void reached(long bytes) {}

      @Override
      public void close() {}
    };
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
}
