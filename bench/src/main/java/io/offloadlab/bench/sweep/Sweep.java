package io.offloadlab.bench.sweep;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.progress.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes the cells of a grid that are not done yet. */
public final class Sweep {
  private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

  private final CellFunction function;
  private final CellJournal journal;
  private final int threads;

  /** Told of every cell that is done. */
  @FunctionalInterface
  public interface Progress {
    /** A cell has its result, or has failed. */
    void done(CellResult result);
  }

  /**
   * @param threads cells at a time, at least 1
   */
  public Sweep(CellFunction function, CellJournal journal, int threads) {
    this.function = function;
    this.journal = journal;
    this.threads = threads;
  }

  /** Those of some cells that have no result yet. */
  public List<Cell> pending(List<Cell> cells) {
    Map<String, CellResult> done = journal.done();
    return cells.stream()
        .filter(c -> !done.containsKey(c.key()) || done.get(c.key()).isFailed())
        .toList();
  }

  /**
   * Computes cells until all are done or the work is asked to stop. A cell that fails is kept with
   * its reason, and the others go on.
   *
   * @throws RunFailure if results cannot be kept
   */
  public void run(List<Cell> cells, Progress progress, StopSignal stop) {
    ExecutorService pool = Executors.newFixedThreadPool(threads, r -> new Thread(r, "cell"));
    try {
      List<Future<?>> all = new ArrayList<>();
      for (Cell cell : cells) {
        all.add(
            pool.submit(
                () -> {
                  if (!stop.requested()) {
                    compute(cell, progress, stop);
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.request();
    } catch (ExecutionException e) {
      stop.request();
      throw e.getCause() instanceof RuntimeException r
          ? r
          : new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private void compute(Cell cell, Progress progress, StopSignal stop) {
    long start = System.nanoTime();
    CellResult result;
    try {
      Map<String, Object> values = function.apply(cell);
      result = new CellResult(cell.key(), values, null, seconds(start));
    } catch (RunFailure | UsageError e) {
      if (stop.requested()) {
        return;
      }
      result = CellResult.failed(cell, e.getMessage(), seconds(start));
    } catch (RuntimeException e) {
      if (stop.requested()) {
        return;
      }
      LOG.warn("cell '{}' failed", cell.key(), e);
      result = CellResult.failed(cell, e.toString(), seconds(start));
    }
    journal.add(result);
    progress.done(result);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
