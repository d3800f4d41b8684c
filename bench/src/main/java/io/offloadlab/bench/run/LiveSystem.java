package io.offloadlab.bench.run;

import io.offloadlab.data.ImageSet;
import io.offloadlab.node.CloudNode;
import io.offloadlab.node.Execution;
import io.offloadlab.node.Guide;
import io.offloadlab.strategy.AdaptiveStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import io.offloadlab.strategy.TaskRecord;
import io.offloadlab.strategy.TaskRecord.Latency;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Runs tasks on live nodes, with the images of a data set. */
public final class LiveSystem implements TaskRunner {
  private final CloudNode cloud;
  private final ImageSet images;
  private final Map<Task, ByteBuffer> staged = new ConcurrentHashMap<>();

  /**
   * @param cloud with its edges connected and a view measured or given; stays the caller's
   * @param images that tasks refer to
   */
  public LiveSystem(CloudNode cloud, ImageSet images) {
    this.cloud = cloud;
    this.images = images;
  }

  @Override
  public SystemView view() {
    return cloud.view();
  }

  @Override
  public CompletableFuture<Void> deploy(Route route) {
    return cloud.deploy(route);
  }

  @Override
  public CompletableFuture<Void> deployMeanwhile(Route route) {
    return cloud.deployMeanwhile(route);
  }

  @Override
  public CompletableFuture<TaskRecord> run(Task task, Route route, long arrivalNanos) {
    ByteBuffer batch = imagesOf(task);
    double decisionMs = (System.nanoTime() - arrivalNanos) / 1e6;
    return cloud.execute(task, route, batch).thenApply(e -> record(task, route, e, decisionMs));
  }

  @Override
  public void warm() {
    cloud.forgetExperience();
  }

  @Override
  public void linksGoOn(double seconds) {
    cloud.linksGoOn(seconds);
  }

  @Override
  public void linksStop() {
    cloud.linksStop();
  }

  @Override
  public void stage(Task task) {
    staged.put(task, images.batch(task.images()));
  }

  private ByteBuffer imagesOf(Task task) {
    ByteBuffer batch = staged.remove(task);
    return batch != null ? batch : images.batch(task.images());
  }

  @Override
  public Guided guided(AdaptiveStrategy strategy) {
    Guide guide = cloud.guide(strategy);
    return new Guided() {
      @Override
      public CompletableFuture<TaskRecord> run(Task task, long arrivalNanos) {
        return guide.execute(
            task,
            imagesOf(task),
            arrivalNanos,
            (route, e, decisionMs) -> record(task, route, e, decisionMs));
      }

      @Override
      public void pausedFor(long nanos) {
        guide.pausedFor(nanos);
      }

      @Override
      public void close() {
        guide.close();
      }
    };
  }

  private TaskRecord record(Task task, Route route, Execution e, double decisionMs) {
    return new TaskRecord(
        task, route, e.predictions(), images.labels(task.images()), after(decisionMs, e.latency()));
  }

  /** The time between arrival and departure went into deciding: waiting, as the task sees it. */
  private static Latency after(double decisionMs, Latency walked) {
    return new Latency(
        walked.totalMs() + decisionMs,
        walked.edgeMs(),
        walked.cloudMs(),
        walked.uplinkMs(),
        walked.downlinkMs(),
        walked.queueMs() + decisionMs);
  }
}
