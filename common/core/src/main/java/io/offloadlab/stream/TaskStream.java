package io.offloadlab.stream;

import io.offloadlab.strategy.Arrivals;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The tasks of a run: the same ones in the same order for every strategy, and each time it is
 * iterated. They depend on the scenario's seed, batch, arrivals, source and number of edges, and on
 * nothing else of it.
 *
 * <p>Images come in passes over those that it draws from. Each pass is a permutation of its own,
 * cut into batches; the last batch of a pass holds what is left of it, so no pass repeats an image:
 * 10,000 images in batches of 128 are 78 full tasks and one of 16.
 */
public final class TaskStream implements Iterable<Task> {
  private final Scenario scenario;
  private final ImagePool images;
  private final int tasks;

  /**
   * @param scenario the problem
   * @param images number of images in the data set, positive; all of them are drawn from
   * @param tasks length of the stream, not negative
   */
  public TaskStream(Scenario scenario, int images, int tasks) {
    this(scenario, ImagePool.all(images), tasks);
  }

  /**
   * @param scenario the problem
   * @param images that it draws from
   * @param tasks length of the stream, not negative
   */
  public TaskStream(Scenario scenario, ImagePool images, int tasks) {
    if (tasks < 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "a stream needs a number of tasks, not %d", tasks));
    }
    this.scenario = scenario;
    this.images = images;
    this.tasks = tasks;
  }

  /** Number of tasks. */
  public int size() {
    return tasks;
  }

  /** All tasks at once. */
  public List<Task> toList() {
    List<Task> all = new ArrayList<>(tasks);
    forEach(all::add);
    return Collections.unmodifiableList(all);
  }

  @Override
  public Iterator<Task> iterator() {
    return new TaskIterator();
  }

  private final class TaskIterator implements Iterator<Task> {
    private final ArrivalClock clock = new ArrivalClock(scenario.arrivals(), scenario.seed());
    private List<Integer> pass = List.of();
    private int passes;
    private int position;
    private int id;

    @Override
    public boolean hasNext() {
      return id < tasks;
    }

    @Override
    public Task next() {
      if (!hasNext()) {
        throw new NoSuchElementException(
            String.format(Locale.ROOT, "the stream has %d tasks", tasks));
      }
      if (position == pass.size()) {
        pass = permutation(RandomStreams.named(scenario.seed(), "pass/" + passes++));
        position = 0;
      }
      int end = Math.min(position + scenario.batch(), pass.size());
      List<Integer> batch = pass.subList(position, end);
      position = end;
      NodeId device = NodeId.edge(1 + id % scenario.edges());
      NodeId source = scenario.tasksAtCloud() ? NodeId.CLOUD : device;
      return new Task(id++, source, device, clock.next(), batch);
    }
  }

  /** Fisher-Yates: Collections.shuffle takes no RandomGenerator before Java 21. */
  private List<Integer> permutation(RandomGenerator random) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, images.count()).map(images::record).boxed().toList());
    for (int i = images.count() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  /** When the next task arrives. */
  private static final class ArrivalClock {
    private final Arrivals arrivals;
    private final RandomGenerator random;
    private double seconds;
    private double slot = -1;

    ArrivalClock(Arrivals arrivals, long seed) {
      this.arrivals = arrivals;
      this.random = RandomStreams.named(seed, "arrivals");
    }

    double next() {
      if (arrivals instanceof Arrivals.Poisson poisson) {
        seconds += exponential() / poisson.tasksPerSecond();
      } else if (arrivals instanceof Arrivals.Bernoulli bernoulli) {
        // Slots up to the next success: the geometric distribution, drawn in one go however rare.
        double logMiss = StrictMath.log1p(-bernoulli.probability());
        slot += 1 + Math.floor(-exponential() / logMiss);
        seconds = slot * bernoulli.slotSeconds();
      }
      return seconds;
    }

    /** StrictMath, so that every machine draws the same. */
    private double exponential() {
      return -StrictMath.log1p(-random.nextDouble());
    }
  }
}
