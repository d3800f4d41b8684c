package io.offloadlab.ddpg.planning;

import io.offloadlab.progress.Bars;
import me.tongfei.progressbar.ProgressBar;
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
    return (name, episodes) ->
        Bars.named(name)
            .map(b -> bar(b.setInitialMax(episodes).setUnit(" episodes", 1).build()))
            .orElseGet(() -> line(name, episodes));
  }

  private static Training bar(ProgressBar bar) {
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
