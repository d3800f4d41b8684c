package io.offloadlab.view;

import io.offloadlab.failure.UsageError;
import io.offloadlab.strategy.LinkSpec;
import io.offloadlab.strategy.NodeId;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.LinkView;
import io.offloadlab.strategy.SystemView.NodeView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What would have been measured of the same machines under another emulation.
 *
 * <p>A slower node sleeps after computing, so its times are in inverse proportion to its speed
 * factor. An emulated link holds a frame back for bytes / rate and half the round-trip time and
 * then sends it over what is there: times per byte add up, and so do round-trip times.
 */
public final class Reemulation {
  /** Beyond it, what is left of the measured rate is the error of measurement. */
  private static final double MOST_SPEED_UP = 50;

  private final String source;
  private final MeasuredView measured;

  /** Fleets have many equal nodes. */
  private final Map<Object, NodeView> made = new HashMap<>();

  /**
   * @param source the view's file, for messages
   * @param measured what is in it
   */
  public Reemulation(String source, MeasuredView measured) {
    this.source = source;
    this.measured = measured;
  }

  /**
   * The view of a scenario's system; more edges than were measured are those over and over.
   *
   * @param asked whether the scenario's links and speeds were asked for; else those of a view that
   *     does not say what it was measured under are taken as they are
   * @throws UsageError if it cannot be known from this view
   */
  public SystemView in(Scenario scenario, boolean asked) {
    SystemView view = ScenarioView.repeated(measured.view(), scenario.edges());
    Optional<Emulation> under = measured.under();
    if (under.isEmpty() && !asked) {
      return view;
    }
    if (under.isEmpty() && !measured.isOnFastLinks()) {
      throw new UsageError(
          "system view %s does not say what it was measured under, so the scenario's links and speeds cannot be put in its place: give the run.json of the run that measured it, leave out --scenario, --link and --edge-speed, or measure it again with a run without --view"
              .formatted(source));
    }
    Emulation was =
        under
            .orElseGet(() -> Emulation.none(measured.view().links().size()))
            .repeated(scenario.edges());
    Emulation wanted = Emulation.of(scenario);
    List<NodeView> nodes = new ArrayList<>();
    List<LinkView> links = new ArrayList<>();
    for (NodeId id : view.nodeIds()) {
      double ratio = wanted.speedFactors().get(id.index()) / was.speedFactors().get(id.index());
      NodeView node = view.node(id);
      nodes.add(made.computeIfAbsent(List.of(node, ratio), n -> at(node, ratio)));
    }
    for (int i = 0; i < view.links().size(); i++) {
      links.add(over(view.links().get(i), was.links().get(i), wanted.links().get(i)));
    }
    return new SystemView(view.batch(), nodes, links);
  }

  /** What a user must know of using this view in a scenario, a line each. */
  public List<String> remarks(Scenario scenario, boolean asked) {
    List<String> remarks = new ArrayList<>();
    if (measured.under().isEmpty()) {
      remarks.add(
          asked
              ? "system view %s does not say what it was measured under; its links are too fast to be emulated ones, so it is taken as measured at full speed on them, and the scenario's links and speeds are put in their place"
                  .formatted(source)
              : "system view %s does not say what it was measured under: its times are used as they are, whatever the scenario's links and speeds"
                  .formatted(source));
    }
    if (measured.view().batch() != scenario.batch()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "system view %s was measured with %d image(s) per task and tasks have %d: compute times are taken in proportion",
              source,
              measured.view().batch(),
              scenario.batch()));
    }
    return remarks;
  }

  private static NodeView at(NodeView node, double ratio) {
    return ratio == 1 ? node : node.slower(1 / ratio);
  }

  private LinkView over(LinkView link, LinkSpec was, LinkSpec wanted) {
    if (was.equals(wanted)) {
      return link;
    }
    require(was.upBytesPerSecond(), wanted.upBytesPerSecond());
    require(was.downBytesPerSecond(), wanted.downBytesPerSecond());
    return link.emulated(was, wanted);
  }

  /** As rates are typed. */
  private static String megabits(double bytesPerSecond) {
    return String.format(Locale.ROOT, "%.4gMbit", bytesPerSecond * 8 / 1e6);
  }

  /** What is left of the rate of a link that is much faster is the error of measurement. */
  private void require(double was, double wanted) {
    if (was != wanted && wanted / was > MOST_SPEED_UP) {
      throw new UsageError(
          String.format(
              Locale.ROOT,
              "system view %s was measured on links of %s, which says nothing of %s: measure it on links that are faster, such as loopback, with a run without --view",
              source,
              megabits(was),
              Double.isInfinite(wanted)
                  ? "links that are not emulated"
                  : "links of " + megabits(wanted)));
    }
  }
}
