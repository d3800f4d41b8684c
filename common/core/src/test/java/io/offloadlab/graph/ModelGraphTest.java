package io.offloadlab.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModelGraphTest {
  private static final Shape MAP = Shape.of(3, 8, 8);
  private static final Layer RELU = Layer.Relu.unbounded();

  private static Vertex relu(String name, String... inputs) {
    return new Vertex(name, RELU, List.of(inputs));
  }

  private static ModelGraph graph(Vertex... vertices) {
    return new ModelGraph("test", MAP, List.of(vertices), List.of());
  }

  /** input -> a -> b, c -> sum -> d. */
  private static ModelGraph diamond(Stage... stages) {
    return new ModelGraph(
        "diamond",
        MAP,
        List.of(
            relu("a", ModelGraph.INPUT),
            relu("b", "a"),
            relu("c", "a"),
            new Vertex("sum", new Layer.Add(), List.of("b", "c")),
            relu("d", "sum")),
        List.of(stages));
  }

  @Test
  void shape_convolutionsPoolsAndLinear_worked() {
    ModelGraph g =
        new GraphBuilder(Shape.of(3, 32, 32))
            .conv("strided", 3, 8, 3, 2)
            .append("valid", new Layer.Conv2d(8, 4, 5, 1, 0, 1, true))
            .pool("pool", 5)
            .flatten("flat")
            .linear("linear", 10)
            .build("g", List.of());

    assertThat(g.shape("strided")).isEqualTo(Shape.of(8, 16, 16));
    assertThat(g.shape("valid")).isEqualTo(Shape.of(4, 12, 12));
    assertThat(g.shape("pool")).isEqualTo(Shape.of(4, 2, 2));
    assertThat(g.shape("linear")).isEqualTo(Shape.of(10));
    // 2 x (kernel area x channels in x elements out), and 2 x in x out
    assertThat(g.flops()).isEqualTo(2L * (27 * 8 * 256 + 200 * 4 * 144 + 16 * 10));
    assertThat(g.parameters()).isEqualTo(27 * 8 + 200 * 4 + 4 + 16 * 10 + 10);
  }

  @Test
  void flops_depthwise_onlyItsOwnChannel() {
    Layer depthwise = new Layer.Conv2d(3, 3, 3, 1, 1, 3, false);

    assertThat(depthwise.macs(MAP)).isEqualTo(9 * 3 * 64);
    assertThat(depthwise.parameters()).isEqualTo(27);
  }

  @Test
  void cutPoints_diamond_notItsArms() {
    assertThat(diamond().cutPoints()).containsExactly("a", "sum", "d");
  }

  @Test
  void cutPoints_inputReadTwice_notBeforeTheSecondReader() {
    ModelGraph g =
        graph(
            relu("a", ModelGraph.INPUT),
            new Vertex("sum", new Layer.Add(), List.of("a", ModelGraph.INPUT)));

    assertThat(g.cutPoints()).containsExactly("sum");
  }

  @Test
  void piece_betweenCutPoints_readsItsInput() {
    ModelGraph piece = diamond().piece("arms", "a", "sum");

    assertThat(piece.vertices())
        .containsExactly(
            relu("b", ModelGraph.INPUT),
            relu("c", ModelGraph.INPUT),
            new Vertex("sum", new Layer.Add(), List.of("b", "c")));
    assertThat(piece.input()).isEqualTo(MAP);
  }

  @Test
  void piece_fromOrToInsideAnArm_illegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diamond().piece("p", "b", "d"))
        .withMessage("'b' is not a cut point");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diamond().piece("p", "a", "c"))
        .withMessage("'c' is not a cut point after 'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diamond().piece("p", "sum", "a"))
        .withMessage("'a' is not a cut point after 'sum'");
  }

  @Test
  void components_ofAPiece_illegalState() {
    assertThatIllegalStateException()
        .isThrownBy(() -> diamond().components(WeightRef.of("f")))
        .withMessage("'diamond' is a piece and names no components");
  }

  @Test
  void stages_notAtCutPointsOrOutOfOrderOrShort_illegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diamond(new Stage("x", "b"), new Stage("y", "d")))
        .withMessageContaining("stage 'x' must end at a cut point");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diamond(new Stage("x", "sum"), new Stage("y", "a")))
        .withMessageContaining("stage 'y' must end at a cut point after the stage before it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> diamond(new Stage("x", "sum")))
        .withMessage("the last stage must end at the output 'd'");
  }

  @Test
  @DisplayName("a graph with a cycle, a stranger or a dead end is refused, naming the vertex")
  void construction_badGraph_illegalArgumentNamingTheVertex() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph(relu("a", "b"), relu("b", "a")))
        .withMessage("'a' reads 'b', which does not come before it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph(relu("a", ModelGraph.INPUT), relu("a", ModelGraph.INPUT)))
        .withMessage("two vertices are named 'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph(relu("a", ModelGraph.INPUT), relu("b", ModelGraph.INPUT)))
        .withMessage("nothing reads 'a', and it is not the output 'b'");
    assertThatIllegalArgumentException()
        .isThrownBy(ModelGraphTest::graph)
        .withMessage("network 'test' has no layers");
  }

  @Test
  void construction_shapesThatDoNotFit_illegalArgumentNamingVertexAndShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GraphBuilder(MAP).conv("c", 4, 8, 3, 1).build("g", List.of()))
        .withMessage("'c': convolution wants (4, h, w), got (3, 8, 8)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GraphBuilder(MAP).norm("n", 4).build("g", List.of()))
        .withMessage("'n': batch norm wants (4, h, w), got (3, 8, 8)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GraphBuilder(MAP).pool("p", 9).build("g", List.of()))
        .withMessageContaining("'p': average pool 9 wants a feature map at least as large");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new GraphBuilder(MAP)
                    .pool("p", 2)
                    .add("s", "p", ModelGraph.INPUT)
                    .build("g", List.of()))
        .withMessageContaining("'s': addition wants two equal shapes");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new GraphBuilder(MAP).append("l", new Layer.Linear(192, 2)).build("g", List.of()))
        .withMessage("'l': linear wants (192), got (3, 8, 8)");
  }

  @Test
  @DisplayName("a kernel larger than the padded map has no output")
  void construction_kernelLargerThanTheMap_illegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new GraphBuilder(MAP)
                    .append("c", new Layer.Conv2d(3, 3, 9, 1, 0, 1, false))
                    .build("g", List.of()))
        .withMessageContaining("every extent of a shape is positive");
  }

  @Test
  void layers_impossibleNumbers_illegalArgument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Layer.Conv2d(3, 4, 3, 1, 1, 2, false))
        .withMessage("channels 3 and 4 do not divide into 2 groups");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Layer.Conv2d(0, 4, 3, 1, 1, 1, false));
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(3, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(3, 0, 4));
  }

  @Test
  void nameInFile_prefixes_swapped() {
    WeightRef ref = new WeightRef("blocks.safetensors", "layer2.1.", "block-3/sparsity-0.4/");

    assertThat(ref.nameInFile("layer2.1.conv1.weight"))
        .isEqualTo("block-3/sparsity-0.4/conv1.weight");
    assertThatIllegalArgumentException().isThrownBy(() -> ref.nameInFile("conv1.weight"));
  }
}
