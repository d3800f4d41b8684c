package io.offloadlab.data;

import io.offloadlab.data.Dataset.RemoteFile;
import io.offloadlab.progress.Bars;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
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
    return (remote, from) ->
        Bars.named(remote.name())
            .map(b -> bar(b, remote, from))
            .orElseGet(() -> line(remote, from));
  }

  private static Transfer bar(ProgressBarBuilder builder, RemoteFile remote, long from) {
    ProgressBar bar =
        builder
            .setInitialMax(remote.bytes())
            .setUnit(" MiB", 1 << 20)
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
}
