package io.offloadlab.train.cli;

import static io.offloadlab.train.cli.RecipeOptions.or;

import io.offloadlab.train.autograd.Adam;
import io.offloadlab.train.autograd.Optimizer;
import io.offloadlab.train.autograd.Sgd;
import picocli.CommandLine.Option;

/** What is changed of a preset's optimiser. */
final class OptimizerOptions {
  private static final Sgd.Settings PLAIN = new Sgd.Settings(.9, true, 5e-4);

  @Option(names = "--optimizer", paramLabel = "sgd|adam", description = "How steps are taken.")
  private String name;

  @Option(names = "--momentum", paramLabel = "M", description = "Of SGD, in [0, 1).")
  private Double momentum;

  @Option(names = "--nesterov", negatable = true, description = "Nesterov's momentum, for SGD.")
  private Boolean nesterov;

  @Option(names = "--weight-decay", paramLabel = "D", description = "L2 factor on every tensor.")
  private Double decay;

  /**
   * The optimiser.
   *
   * @throws IllegalArgumentException if an option is out of range or not one of this optimiser's
   */
  Optimizer.Settings settings(Optimizer.Settings preset) {
    if (momentum != null && !(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException("--momentum is in [0, 1), not " + momentum);
    }
    if (decay != null && !(decay >= 0 && Double.isFinite(decay))) {
      throw new IllegalArgumentException("--weight-decay is at least 0, not " + decay);
    }
    Optimizer.Settings base = named(preset);
    if (base instanceof Sgd.Settings s) {
      return new Sgd.Settings(
          or(momentum, s.momentum()), or(nesterov, s.nesterov()), or(decay, s.weightDecay()));
    }
    if (momentum != null || nesterov != null) {
      throw new IllegalArgumentException("--momentum and --nesterov are of sgd, not of adam");
    }
    Adam.Settings a = (Adam.Settings) base;
    return new Adam.Settings(a.beta1(), a.beta2(), a.epsilon(), or(decay, a.weightDecay()));
  }

  private Optimizer.Settings named(Optimizer.Settings preset) {
    if (name == null) {
      return preset;
    }
    return switch (name) {
      case "sgd" -> preset instanceof Sgd.Settings ? preset : PLAIN;
      case "adam" -> preset instanceof Adam.Settings ? preset : Adam.Settings.defaults();
      default ->
          throw new IllegalArgumentException(
              "--optimizer is sgd or adam, not '%s'".formatted(name));
    };
  }
}
