package io.offloadlab.bench;

import io.offloadlab.failure.UsageError;
import io.offloadlab.sim.SimulationOptions.BackgroundLoad;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The option of a simulated system that others use, too. */
final class LoadOption {
  private static final int MOST_PER_SECOND = 100_000;
  private static final Pattern LOAD =
      Pattern.compile("([0-9.eE+-]+)(?:/s)? of ([0-9.eE+-]+) ?(ms|s)");

  @Option(
      names = "--cloud-load",
      paramLabel = "LOAD",
      description = "Work of others at the cloud, such as '15/s of 20ms'. Default: none.")
  private String text;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /**
   * The load.
   *
   * @param bounded whether tasks are dropped when the cloud's queue is full
   * @throws UsageError if the text is no load, a number is out of range, or the cloud's queue would
   *     grow for ever
   */
  BackgroundLoad load(boolean bounded) {
    BackgroundLoad load = load();
    if (load.jobsPerSecond() > MOST_PER_SECOND) {
      throw new UsageError(
          String.format(
              Locale.ROOT, "--cloud-load '%s': expected at most %d jobs/s", text, MOST_PER_SECOND));
    }
    if (load.utilisation() >= 1 && !bounded) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "--cloud-load '%s' takes %.2f times the cloud's time, so its queue grows for ever: lower it below 1%s",
              text,
              load.utilisation(),
              spec.findOption("--queue") == null ? "" : ", or bound the queue with --queue"));
    }
    return load;
  }

  private BackgroundLoad load() {
    if (text == null) {
      return BackgroundLoad.NONE;
    }
    Matcher m = LOAD.matcher(text.trim());
    if (!m.matches()) {
      throw new UsageError(
          "--cloud-load '%s' is not understood: write RATE/s of TIME, such as '15/s of 20ms'"
              .formatted(text));
    }
    try {
      double seconds = Double.parseDouble(m.group(2));
      return new BackgroundLoad(
          Double.parseDouble(m.group(1)), m.group(3).equals("ms") ? seconds / 1e3 : seconds);
    } catch (IllegalArgumentException e) {
      throw new UsageError("--cloud-load '%s': %s".formatted(text, e.getMessage()), e);
    }
  }
}
