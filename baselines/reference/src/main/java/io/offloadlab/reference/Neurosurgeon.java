package io.offloadlab.reference;

import io.offloadlab.graph.Component;
import io.offloadlab.strategy.LatencyModel;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.OffloadStrategy;
import io.offloadlab.strategy.Route;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.Task;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The best single split of the network between a task's device and the cloud by predicted latency
 * (Kang et al., "Neurosurgeon: Collaborative Intelligence Between the Cloud and Mobile Edge",
 * ASPLOS 2017, algorithm 1). Where tasks arise at an edge the device runs the first part, as
 * published; where they arise at the cloud either side may. As published, the load counts: where
 * several tasks are always under way, latency is that of {@link ClosedLoad}. Each route stays
 * within the memory budgets; of equally fast ones the first is taken, the split with the fewest
 * components on the device.
 */
final class Neurosurgeon implements OffloadStrategy {
  private final Backbone backbone;
  private final Map<Ends, List<Route>> splits = new HashMap<>();

  /** The best routes in the view of the last task: a simulation asks a million times in one. */
  private final Map<Question, Route> best = new HashMap<>();

  private SystemView seen;

  private record Ends(NodeId source, NodeId device) {}

  private record Question(Ends ends, int batch) {}

  /**
   * @throws io.offloadlab.failure.RunFailure if no split of any device fits the memory budgets
   */
  Neurosurgeon(Backbone backbone) {
    this.backbone = backbone;
    for (int edge = 1; edge <= backbone.scenario().edges(); edge++) {
      NodeId source = backbone.scenario().tasksAtCloud() ? NodeId.CLOUD : NodeId.edge(edge);
      if (splits(source, NodeId.edge(edge)).findAny().isEmpty()) {
        throw backbone.fitsNowhere("neurosurgeon");
      }
    }
  }

  @Override
  public List<Component> components() {
    return backbone.chain();
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // The same view, not one that says the same.
  public Route route(Task task, SystemView view) {
    if (view != seen) {
      best.clear();
      seen = view;
    }
    Question question = new Question(new Ends(task.source(), task.device()), task.batch());
    return best.computeIfAbsent(question, q -> best(q, view));
  }

  private Route best(Question question, SystemView view) {
    NodeId source = question.ends().source();
    ClosedLoad load = ClosedLoad.of(backbone.scenario(), view);
    LatencyModel model = new LatencyModel(view);
    Route best = null;
    double least = Double.POSITIVE_INFINITY;
    double alone = Double.POSITIVE_INFINITY;
    for (Route route :
        splits.computeIfAbsent(question.ends(), e -> splits(e.source(), e.device()).toList())) {
      double seconds = load.seconds(route, source, question.batch());
      double idle = model.routeSeconds(route, source, question.batch());
      if (seconds < least || (seconds == least && idle < alone)) {
        least = seconds;
        alone = idle;
        best = route;
      }
    }
    if (best == null) {
      throw backbone.fitsNowhere("neurosurgeon");
    }
    return best;
  }

  @Override
  public double expectedAccuracy(Route route) {
    return backbone.accuracyOf(route);
  }

  private Stream<Route> splits(NodeId source, NodeId device) {
    List<Component> chain = backbone.chain();
    int size = chain.size();
    Stream<Route> deviceFirst =
        IntStream.rangeClosed(0, size).mapToObj(p -> Route.split(chain, p, device, NodeId.CLOUD));
    Stream<Route> cloudFirst =
        IntStream.range(1, size).mapToObj(p -> Route.split(chain, size - p, NodeId.CLOUD, device));
    Stream<Route> all = source.isCloud() ? Stream.concat(deviceFirst, cloudFirst) : deviceFirst;
    return all.filter(backbone.scenario()::fitsMemory);
  }
}
