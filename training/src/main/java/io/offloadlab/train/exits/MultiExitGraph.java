package io.offloadlab.train.exits;

import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.Stage;
import io.offloadlab.train.autograd.Initialisation;
import io.offloadlab.weights.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A backbone and its early exits.
 *
 * @param backbone the full network; its output is the last exit
 * @param branches early exits in order of depth
 */
public record MultiExitGraph(ModelGraph backbone, List<ExitBranch> branches) {
  /** Name of the exit that is the backbone's own head. */
  public static final String LAST_EXIT = "exit-7";

  private static final int POOL = 4;

  /** Copies the list. */
  public MultiExitGraph {
    branches = List.copyOf(branches);
  }

  /** A network with its own head as the only exit. */
  public static MultiExitGraph withoutBranches(ModelGraph backbone) {
    return new MultiExitGraph(backbone, List.of());
  }

  /**
   * A network with the two early exits of DEC-DNN-IO: exit 3 behind the first component, exit 5
   * half-way through the components that follow it. A branch is a basic block, an average pool of 4
   * and a linear layer, named as in the PyTorch form ({@code branch.exit_point-3.0.conv1}).
   *
   * @param backbone with at least four components
   * @throws IllegalArgumentException if it has fewer
   */
  public static MultiExitGraph withBranches(ModelGraph backbone) {
    List<Stage> stages = backbone.stages();
    if (stages.size() < 4) {
      throw new IllegalArgumentException(
          "'%s' has %d components; two early exits need at least 4"
              .formatted(backbone.name(), stages.size()));
    }
    int blocks = stages.size() - 2;
    return new MultiExitGraph(
        backbone,
        List.of(
            branch(backbone, 3, stages.get(0).end()),
            branch(backbone, 5, stages.get(blocks / 2).end())));
  }

  private static ExitBranch branch(ModelGraph backbone, int number, String after) {
    Shape in = backbone.shape(after);
    String path = "branch.exit_point-" + number;
    GraphBuilder g = new GraphBuilder(in);
    ResNets.basicBlock(g, path + ".0", in.channels(), in.channels(), 1);
    g.pool(path + ".1", Math.min(POOL, in.height())).flatten(path + ".2");
    g.linear(path + ".3", backbone.shape(backbone.output()).channels());
    String name = "exit-" + number;
    return new ExitBranch(name, after, g.build(name, List.of()));
  }

  /** Names of all exits in order of depth. */
  public List<String> exits() {
    List<String> names = new ArrayList<>();
    branches.forEach(b -> names.add(b.name()));
    names.add(LAST_EXIT);
    return List.copyOf(names);
  }

  /** Number of classes. */
  public int classes() {
    return backbone.shape(backbone.output()).channels();
  }

  /** Names and shapes of all tensors, the backbone's first. */
  public Map<String, List<Integer>> tensors() {
    Map<String, List<Integer>> all = new LinkedHashMap<>(backbone.tensors());
    branches.forEach(b -> all.putAll(b.graph().tensors()));
    return all;
  }

  /** Weights of the untrained network. */
  public Map<String, Tensor> initialised(long seed) {
    Map<String, Tensor> all = new LinkedHashMap<>(Initialisation.of(backbone, seed));
    branches.forEach(b -> all.putAll(Initialisation.of(b.graph(), seed)));
    return all;
  }

  /** As {@code resnet18 (3, 32, 32) -> (10) with exits [exit-3, exit-5, exit-7]}. */
  @Override
  public String toString() {
    return backbone + " with exits " + exits();
  }
}
