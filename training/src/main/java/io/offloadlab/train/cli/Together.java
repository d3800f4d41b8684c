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
  public void epochBegins(int epoch, int epochs, int images, int done) {
    all.forEach(l -> l.epochBegins(epoch, epochs, images, done));
  }

  @Override
  public void batchDone(int images, String figures) {
    all.forEach(l -> l.batchDone(images, figures));
  }

  @Override
  public void epochDone(EpochReport report) {
    all.forEach(l -> l.epochDone(report));
  }

  @Override
  public void stoppedEarly(int epoch, int best) {
    all.forEach(l -> l.stoppedEarly(epoch, best));
  }
}
