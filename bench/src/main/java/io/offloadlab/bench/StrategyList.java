package io.offloadlab.bench;

import io.offloadlab.bench.run.Strategies;
import io.offloadlab.strategy.StrategyProvider;
import io.offloadlab.strategy.option.Option;
import io.offloadlab.strategy.option.OptionSet;
import java.io.PrintWriter;

/**
 * What {@code --list} prints.
 *
 * @param known the strategies
 */
record StrategyList(Strategies known) {

  /**
   * Prints every strategy, or the options of one.
   *
   * @param name of the one; empty for all
   * @throws io.offloadlab.failure.UsageError if there is none of this name
   */
  void print(String name, PrintWriter out) {
    if (name.isEmpty()) {
      known.all().forEach(p -> out.printf("%-14s %s%n", p.name(), p.summary()));
    } else {
      options(known.named(name), out);
    }
    out.flush();
  }

  private static void options(StrategyProvider of, PrintWriter out) {
    OptionSet set = of.options();
    out.printf("%s: %s%n", of.name(), of.summary());
    if (set.options().isEmpty()) {
      out.println("It has no options.");
      return;
    }
    for (Option<?> o : set.options()) {
      String otherwise = o.byDefault().map(d -> "; default " + d).orElse("");
      out.printf("  -O %s=VALUE%n      %s%n", set.key(o), o.docs());
      out.printf("      VALUE: %s%s%n", o.valid(), otherwise);
    }
  }
}
