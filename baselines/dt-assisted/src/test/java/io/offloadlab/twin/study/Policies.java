package io.offloadlab.twin.study;

import io.offloadlab.strategy.StrategyContext;
import io.offloadlab.twin.decision.Action;
import io.offloadlab.twin.decision.Moment;
import io.offloadlab.twin.decision.Situation;
import io.offloadlab.twin.decision.Utility;
import io.offloadlab.twin.policy.BoundaryStrategy;
import io.offloadlab.twin.policy.PlanningPolicy;
import io.offloadlab.twin.settings.TwinSettings;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The policies that Hu et al. compare with, all on the same decisions and utility. */
final class Policies {
  private Policies() {}

  /** One stop for all tasks: the best one for an idle system among those of a kind. */
  static final class Fixed extends PlanningPolicy {
    private final Predicate<Action> kind;

    private Fixed(StrategyContext context, TwinSettings settings, Predicate<Action> kind) {
      super(context, settings);
      this.kind = kind;
    }

    static Fixed deviceOnly(StrategyContext context, TwinSettings settings) {
      return new Fixed(context, settings, a -> !a.upload());
    }

    static Fixed cloudOnly(StrategyContext context, TwinSettings settings) {
      return new Fixed(context, settings, a -> a.upload() && a.boundary() == 0);
    }

    @Override
    protected Action plan(Situation s) {
      return s.space().all().stream()
          .filter(kind)
          .filter(a -> budget().allows(a.accuracy()))
          .max(Comparator.comparingDouble(a -> utility().of(a, 0, 0, 0)))
          .orElseGet(() -> s.space().all().get(0));
    }
  }

  /** Decides at every boundary, for the task's own good, as if nothing new came. */
  static final class Greedy extends BoundaryStrategy {
    Greedy(StrategyContext context, TwinSettings settings) {
      super(context, settings);
    }

    @Override
    protected Action decide(Situation s, List<Action> stops, boolean mustStop) {
      Moment m =
          new Moment(
              s.boundary(), s.progress().nowSeconds(), 0, 0, s.uplink(), s.cloud(), s.turnIn());
      Utility u = utility();
      Action best = m.best(stops, u);
      double goOn = m.guess(s.space(), u, a -> budget().allows(a.accuracy()), true);
      return mustStop || m.stop(best, u) >= goOn ? best : null;
    }
  }
}
