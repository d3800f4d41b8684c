package io.offloadlab.bench;

import io.offloadlab.scenario.ScenarioDraft;
import io.offloadlab.strategy.Scenario;
import io.offloadlab.strategy.SystemView;
import io.offloadlab.view.MeasuredView;
import io.offloadlab.view.Reemulation;
import java.nio.file.Path;
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
}
