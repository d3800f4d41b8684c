package io.offloadlab.bench.run;

import io.offloadlab.profile.ProfilingProgress;
import io.offloadlab.progress.Bars;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** Shows how far the measuring of nodes and links is. */
public final class MeasuringProgress implements ProfilingProgress, AutoCloseable {
  private final Optional<ProgressBar> bar =
      Bars.named("measuring nodes").map(b -> b.setUnit(" steps", 1).build());

  @Override
  public void step(int done, int total, String next) {
    bar.ifPresent(b -> b.maxHint(total).stepTo(done).setExtraMessage(next));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
