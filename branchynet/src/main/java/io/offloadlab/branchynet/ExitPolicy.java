package io.offloadlab.branchynet;

/** At which exit a sample leaves the network. */
public sealed interface ExitPolicy {
  /**
   * Whether a sample leaves at an exit that it has reached.
   *
   * @param exit number in {@link BranchyNet#EXITS}
   * @param entropy of the class probabilities at that exit, in nats
   */
  boolean leaves(int exit, double entropy);

  /**
   * Every sample leaves at one exit.
   *
   * @param exit its number in {@link BranchyNet#EXITS}
   */
  record Fixed(int exit) implements ExitPolicy {
    /**
     * @throws IllegalArgumentException if there is no such exit
     */
    public Fixed {
      if (exit < 0 || exit >= BranchyNet.EXITS.size()) {
        throw new IllegalArgumentException("no exit number " + exit);
      }
    }

    @Override
    public boolean leaves(int reached, double entropy) {
      return reached == exit;
    }
  }

  /**
   * A sample leaves at the first exit that is sure enough of it (BranchyNet, algorithm 1), at the
   * last one in any case.
   *
   * @param threshold most entropy, in nats; 0 sends nearly all to the last exit
   */
  record Entropy(double threshold) implements ExitPolicy {
    /**
     * @throws IllegalArgumentException if the threshold is negative or not a number
     */
    public Entropy {
      if (!(threshold >= 0)) {
        throw new IllegalArgumentException("an entropy threshold is 0 or more, not " + threshold);
      }
    }

    @Override
    public boolean leaves(int reached, double entropy) {
      return reached == BranchyNet.EXITS.size() - 1 || entropy < threshold;
    }
  }

  /**
   * The exit that a sample leaves at.
   *
   * @param entropies at every exit, in nats
   */
  default int exit(double[] entropies) {
    for (int e = 0; e < entropies.length; e++) {
      if (leaves(e, entropies[e])) {
        return e;
      }
    }
    throw new IllegalArgumentException("no exit lets this sample out");
  }
}
