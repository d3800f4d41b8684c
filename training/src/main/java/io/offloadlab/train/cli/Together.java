package io.offloadlab.train.cli;

import io.offloadlab.train.log.EpochReport;
import io.offloadlab.train.log.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Several listeners as one. */
final class Together implements TrainingListener {
  private final List<TrainingListener> all = new ArrayList<>();

  Together(TrainingListener first) {
    all.add(first);
  }

  void add(TrainingListener next) {
    all.add(next);
  }

  @Override
  public void epochBegins(int epoch, int epochs, int batches, int done) {
    all.forEach(l -> l.epochBegins(epoch, epochs, batches, done));
  }

  @Override
  public void batchDone(String figures) {
    all.forEach(l -> l.batchDone(figures));
  }

  @Override
  public void epochDone(EpochReport report) {
    all.forEach(l -> l.epochDone(report));
  }
}
