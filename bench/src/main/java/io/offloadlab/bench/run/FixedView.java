package io.offloadlab.bench.run;

import io.offloadlab.strategy.SystemView;

/**
 * Lets a strategy decide from one view, whatever the times are where it runs.
 *
 * @param view that it is shown
 */
record FixedView(SystemView view) implements Interposed.Between {
  @Override
  public SystemView shown(SystemView newest) {
    return view;
  }
}
