package io.offloadlab.train.exits;

import io.offloadlab.branchynet.BranchyNet;
import io.offloadlab.graph.Component;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.train.autograd.Initialisation;
import io.offloadlab.weights.StoredTensor;
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

  /** Copies the list. */
  public MultiExitGraph {
    branches = List.copyOf(branches);
  }

  /** A network with its own head as the only exit. */
  public static MultiExitGraph withoutBranches(ModelGraph backbone) {
    return new MultiExitGraph(backbone, List.of());
  }

  /**
   * A network with the early exits of {@link BranchyNet}.
   *
   * @param backbone any network with components
   * @throws IllegalArgumentException if the exits find no place in it
   */
  public static MultiExitGraph withBranches(ModelGraph backbone) {
    BranchyNet net = new BranchyNet(backbone);
    List<ExitBranch> branches = new ArrayList<>();
    for (String exit : BranchyNet.EXITS) {
      List<Component> chain = net.chain(exit);
      if (!exit.equals(LAST_EXIT)) {
        String after = chain.get(chain.size() - 2).graph().output();
        branches.add(new ExitBranch(exit, after, chain.get(chain.size() - 1).graph()));
      }
    }
    return new MultiExitGraph(backbone, branches);
  }

  /** Names of the exits before the backbone's own head, in order of depth. */
  public List<String> earlyExits() {
    return branches.stream().map(ExitBranch::name).toList();
  }

  /** Names of all exits in order of depth. */
  public List<String> exits() {
    List<String> names = new ArrayList<>(earlyExits());
    names.add(LAST_EXIT);
    return List.copyOf(names);
  }

  /** Number of classes. */
  public int classes() {
    return backbone.shape(backbone.output()).features();
  }

  /** Names and shapes of all tensors, the backbone's first. */
  public Map<String, List<Integer>> tensors() {
    Map<String, List<Integer>> all = new LinkedHashMap<>(backbone.tensors());
    branches.forEach(b -> all.putAll(b.graph().tensors()));
    return all;
  }

  /** Weights of the untrained network. */
  public Map<String, StoredTensor> initialised(long seed) {
    Map<String, StoredTensor> all = new LinkedHashMap<>(Initialisation.of(backbone, seed));
    branches.forEach(b -> all.putAll(Initialisation.of(b.graph(), seed)));
    return all;
  }

  /** As {@code resnet18 (3, 32, 32) -> (10) with exits [exit-3, exit-5, exit-7]}. */
  @Override
  public String toString() {
    return backbone + " with exits " + exits();
  }
}
