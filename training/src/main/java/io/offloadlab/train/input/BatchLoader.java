package io.offloadlab.train.input;

import io.offloadlab.data.ImageSet;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.stream.RandomStreams;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** Makes the batches of any epoch on worker threads. */
public final class BatchLoader implements AutoCloseable {
  private final ImageSet images;
  private final List<Integer> subset;
  private final int batchSize;
  private final Augmentation augmentation;
  private final long seed;
  private final int workers;
  private final ExecutorService pool;
  private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  /**
   * Starts the workers.
   *
   * @param images to draw from
   * @param subset indices to use
   * @param batchSize images per batch; the images that do not fill the last one are left out of
   *     that epoch
   * @param seed of shuffling and augmentation
   * @param workers threads, at least 1
   * @throws RunFailure if the subset does not fill one batch
   */
  public BatchLoader(
      ImageSet images,
      List<Integer> subset,
      int batchSize,
      Augmentation augmentation,
      long seed,
      int workers) {
    if (subset.size() < batchSize) {
      throw new RunFailure(
          String.format(
              Locale.ROOT,
              "%d training images do not fill a batch of %d: take a smaller batch or more images",
              subset.size(),
              batchSize));
    }
    this.images = images;
    this.subset = List.copyOf(subset);
    this.batchSize = batchSize;
    this.augmentation = augmentation;
    this.seed = seed;
    this.workers = workers;
    this.pool =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread t = new Thread(task, "batch-loader");
              t.setDaemon(true);
              return t;
            });
  }

  /** Batches per epoch. */
  public int batches() {
    return subset.size() / batchSize;
  }

  /** Images per batch. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * An epoch's batches in order.
   *
   * @param epoch which one; each has an order of its own
   * @param from number of the first batch wanted: more than 0 when an epoch is resumed
   * @return to be closed; one at a time
   */
  public Epoch epoch(int epoch, int from) {
    int[] order = Subsets.shuffled(subset, RandomStreams.named(seed, "shuffle/" + epoch));
    return new Epoch(batches(), from, workers + 2, b -> pool.submit(() -> make(order, epoch, b)));
  }

  private Batch make(int[] order, int epoch, int number) {
    int bytes = Math.toIntExact(images.shape().bytes());
    ByteBuffer reused = free.poll();
    ByteBuffer buffer =
        reused == null
            ? ByteBuffer.allocateDirect(batchSize * bytes).order(ByteOrder.LITTLE_ENDIAN)
            : reused.clear().order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> indices =
        java.util.Arrays.stream(order, number * batchSize, (number + 1) * batchSize)
            .boxed()
            .toList();
    RandomGenerator random =
        RandomStreams.named(seed, String.format(Locale.ROOT, "augment/%d/%d", epoch, number));
    ByteBuffer plain = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] image = new float[bytes / Float.BYTES];
    float[] row = new float[images.shape().width()];
    FloatBuffer out = buffer.asFloatBuffer();
    for (int index : indices) {
      images.read(List.of(index), plain.clear());
      plain.flip().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(image);
      augmentation.apply(image, images.shape(), random, row, out);
    }
    return new Batch(buffer, images.labels(indices), batchSize, () -> free.add(buffer));
  }

  /** Stops the workers. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
