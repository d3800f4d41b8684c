package io.offloadlab.bench;

import io.offloadlab.graph.Component;
import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.strategy.SystemView.NodeView;
import io.offloadlab.view.Emulation;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.Reemulation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was asked for: a scenario, and the view to decide from, if one was given.
 *
 * <p>A view says what it was measured under. Where the command names neither a scenario nor links
 * or speeds, those of the view are the scenario's; where it does, the view is put under them.
 *
 * @param draft the scenario
 * @param view what was measured before; empty to measure now
 */
record Wanted(ScenarioDraft draft, Optional<Given> view) {
  /**
   * A view that was given.
   *
   * @param file where it is
   * @param measured what is in it
   * @param asked whether the command names a scenario, links or speeds
   */
  record Given(Path file, MeasuredView measured, boolean asked) {}

  /**
   * A scenario with what is to differ from it. Where nobody asked for links and speeds, they are
   * those that the view was measured under.
   */
  static Wanted of(ScenarioDraft base, ScenarioDraft over, Optional<Given> view) {
    ScenarioDraft under =
        view.filter(given -> !given.asked())
            .map(given -> underThatOf(given, base, over))
            .orElse(base);
    return new Wanted(under.overriddenBy(over), view);
  }

  private static ScenarioDraft underThatOf(Given view, ScenarioDraft base, ScenarioDraft over) {
    Optional<Emulation> under = view.measured().under();
    if (under.isEmpty()) {
      return base;
    }
    int count = over.edges() != null ? over.edges() : under.get().edges();
    Emulation wanted = under.get().repeated(count);
    Emulation own = Emulation.of(base.toScenario(1)).repeated(count);
    String name = own.equals(wanted) ? null : "%s as %s".formatted(base.name(), view.file());
    return base.overriddenBy(ScenarioDraft.emulating(name, wanted.speedFactors(), wanted.links()));
  }

  /**
   * The view that was given, as it would have been measured in the scenario.
   *
   * @param say told what a user must know of it
   * @throws io.offloadlab.failure.UsageError if that cannot be known from it
   */
  Optional<SystemView> viewIn(Scenario scenario, Consumer<String> say) {
    return view.map(
        given -> {
          Reemulation other = new Reemulation(given.file().toString(), given.measured());
          SystemView adapted = other.in(scenario, given.asked());
          other.remarks(scenario, given.asked()).forEach(say);
          return adapted;
        });
  }

  /**
   * Says which components the view that was given does not know: it may be of another network, or
   * of a run with other strategies. A view of speeds alone is what it looks like.
   *
   * @param components those that may be run
   */
  void sayUnmeasured(List<Component> components, Consumer<String> say) {
    view.ifPresent(
        given -> {
          List<NodeView> nodes = given.measured().view().nodes();
          List<String> without =
              components.stream()
                  .map(Component::name)
                  .filter(c -> !nodes.stream().allMatch(n -> n.componentSeconds().containsKey(c)))
                  .toList();
          if (!without.isEmpty() && nodes.stream().anyMatch(n -> !n.componentSeconds().isEmpty())) {
            say.accept(
                String.format(
                    Locale.ROOT,
                    "system view %s has no times of %d of the %d components that may be run, such as '%s': they are estimated from the speed of the nodes",
                    given.file(),
                    without.size(),
                    components.size(),
                    without.get(0)));
          }
        });
  }
}
