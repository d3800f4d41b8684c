package io.offloadlab.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every network, on residual networks of random depth, width and stride. */
class ModelGraphProperties {
  private static final WeightRef WEIGHTS = WeightRef.of("f");

  /**
   * @param widen whether the block doubles the channels and halves the side
   */
  private record BlockSpec(boolean widen) {}

  @Provide
  Arbitrary<List<BlockSpec>> blocks() {
    return Arbitraries.of(true, false)
        .map(BlockSpec::new)
        .list()
        .ofMaxSize(12)
        .filter(l -> l.stream().filter(BlockSpec::widen).count() <= 4);
  }

  private static ModelGraph network(List<BlockSpec> blocks, int width) {
    GraphBuilder g = new GraphBuilder(Shape.of(3, 32, 32)).conv("conv1", 3, width, 3, 1);
    g.relu("relu1");
    List<Stage> stages = new ArrayList<>(List.of(new Stage("root", "relu1")));
    int in = width;
    for (int i = 0; i < blocks.size(); i++) {
      int out = blocks.get(i).widen() ? in * 2 : in;
      ResNets.basicBlock(g, "block." + i, in, out, blocks.get(i).widen() ? 2 : 1);
      stages.add(new Stage("block-" + i, g.last()));
      in = out;
    }
    g.flatten("flatten").linear("linear", 10);
    stages.add(new Stage("head", "linear"));
    return g.build("random", stages);
  }

  @Property(tries = 100)
  @Label("FLOPs, parameters and tensors of the components add up to the network's")
  void components_any_partitionTheNetwork(
      @ForAll("blocks") List<BlockSpec> blocks, @ForAll @IntRange(min = 1, max = 8) int width) {
    ModelGraph network = network(blocks, width);

    List<Component> chain = network.components(WEIGHTS);

    assertThat(chain.stream().mapToLong(Component::flops).sum()).isEqualTo(network.flops());
    assertThat(chain.stream().mapToLong(Component::parameters).sum())
        .isEqualTo(network.parameters());
    List<String> tensors = new ArrayList<>();
    chain.forEach(c -> tensors.addAll(c.graph().tensors().keySet()));
    assertThat(tensors).containsExactlyElementsOf(network.tensors().keySet());
  }

  @Property(tries = 100)
  @Label("the pieces before and after any cut point add up to the network, in cost and in shape")
  void piece_anyCutPoint_twoHalves(
      @ForAll("blocks") List<BlockSpec> blocks, @ForAll @IntRange(min = 0, max = 1000) int pick) {
    ModelGraph network = network(blocks, 2);
    List<String> cuts = network.cutPoints();
    String cut = cuts.get(pick % (cuts.size() - 1));

    ModelGraph first = network.piece("first", ModelGraph.INPUT, cut);
    ModelGraph second = network.piece("second", cut, network.output());

    assertThat(first.flops() + second.flops()).isEqualTo(network.flops());
    assertThat(first.shape(first.output())).isEqualTo(second.input());
  }

  @Property(tries = 100)
  @Label("a vertex is a cut point exactly when without it the output cannot be reached")
  void cutPoints_any_thoseThatDisconnect(@ForAll("blocks") List<BlockSpec> blocks) {
    ModelGraph network = network(blocks, 2);
    List<String> disconnecting =
        network.vertices().stream()
            .map(Vertex::name)
            .filter(v -> !reachable(network, v).contains(network.output()))
            .toList();

    assertThat(network.cutPoints()).containsExactlyElementsOf(disconnecting);
  }

  private static Set<String> reachable(ModelGraph network, String without) {
    Set<String> reached = new HashSet<>(Set.of(ModelGraph.INPUT));
    for (Vertex v : network.vertices()) {
      if (!v.name().equals(without) && v.inputs().stream().anyMatch(reached::contains)) {
        reached.add(v.name());
      }
    }
    return reached;
  }
}
