package io.offloadlab.train.evaluate;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.branchynet.ExitPolicy;
import io.offloadlab.graph.Component;
import java.util.Arrays;
import java.util.List;

/** What every exit says of every image. */
public final class ExitScores {
  private final int[][] predictions;
  private final double[][] entropies;
  private final int[] labels;

  /**
   * @param predictions class by exit and image
   * @param entropies of the class probabilities by exit and image, in nats
   * @param labels true class by image
   */
  ExitScores(int[][] predictions, double[][] entropies, int[] labels) {
    this.predictions = predictions;
    this.entropies = entropies;
    this.labels = labels;
  }

  /** Number of images. */
  public int images() {
    return labels.length;
  }

  /**
   * What a policy makes of them.
   *
   * @param policy where samples leave
   * @param network for the cost of every exit
   */
  public Outcome under(ExitPolicy policy, BranchyNet network) {
    int[] leaving = new int[predictions.length];
    int right = 0;
    double flops = 0;
    double[] seen = new double[predictions.length];
    for (int i = 0; i < labels.length; i++) {
      for (int e = 0; e < seen.length; e++) {
        seen[e] = entropies[e][i];
      }
      int exit = policy.exit(seen);
      leaving[exit]++;
      right += predictions[exit][i] == labels[i] ? 1 : 0;
      flops += cost(policy, network, exit);
    }
    return new Outcome(
        (double) right / labels.length,
        flops / labels.length,
        Arrays.stream(leaving).boxed().toList());
  }

  /** A fixed exit needs no branch before it; the entropy rule computes those it passes. */
  private static double cost(ExitPolicy policy, BranchyNet network, int exit) {
    String name = BranchyNet.EXITS.get(exit);
    return policy instanceof ExitPolicy.Fixed
        ? network.chain(name).stream().mapToDouble(Component::flops).sum()
        : network.flopsThrough(name);
  }

  /**
   * A policy on a set of images.
   *
   * @param accuracy in 0..1
   * @param meanFlops per image, branches that were passed included
   * @param leaving number of images by exit
   */
  public record Outcome(double accuracy, double meanFlops, List<Integer> leaving) {}
}
