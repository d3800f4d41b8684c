package io.offloadlab.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.offloadlab.graph.Component;
import io.offloadlab.graph.GraphBuilder;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.WeightRef;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.weights.ComponentWeights;
import io.offloadlab.weights.SafeTensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Our logits against PyTorch's own for 32 test images. The file holds CIFAR images, whose licence
 * does not let them be shipped, so it is not in the repository: the environment variable {@code
 * OFFLOADLAB_REFERENCE} (or the system property {@code offloadlab.reference}) names it, and without
 * one these tests are skipped. {@link ProgramTest} checks the engine everywhere.
 */
class ReferenceOutputsTest {
  private static final double TOLERANCE = 1e-3;

  private SafeTensors reference;
  private ModelDirectory model;
  private List<Component> chain;

  @BeforeEach
  void openReference() {
    String named =
        System.getProperty("offloadlab.reference", System.getenv("OFFLOADLAB_REFERENCE"));
    assumeThat(named).as("OFFLOADLAB_REFERENCE names no file").isNotBlank();
    Path file = Path.of(named);
    reference =
        SafeTensors.open(Files.isDirectory(file) ? file.resolve("reference.safetensors") : file);
    model = ModelShelf.find().model(reference.metadata().get("dataset"));
    chain = model.network().components(model.backbone());
  }

  private int classes() {
    return chain.get(chain.size() - 1).output().features();
  }

  /** An exit: a basic block that keeps the shape, pool, linear. */
  private Component exit(int number, Shape input) {
    String path = "branch.exit_point-" + number;
    GraphBuilder g = new GraphBuilder(input);
    ResNets.basicBlock(g, path + ".0", input.channels(), input.channels(), 1);
    ModelGraph graph =
        g.pool("pool", 4)
            .flatten("flatten")
            .linear(path + ".3", classes())
            .build("exit", List.of());
    return new Component("exit-" + number, graph, model.backbone());
  }

  /** The block with the filters that its weights at this sparsity have. */
  private Component pruned(Component block, int index, String sparsity) {
    String inFile = String.format(Locale.ROOT, "block-%d/sparsity-%s/", index, sparsity);
    SafeTensors file = SafeTensors.open(model.path().resolve(ModelDirectory.BLOCKS));
    int kept = file.tensor(inFile + "conv1.weight").shape().get(0);
    String first = block.graph().vertices().get(0).name();
    String path = first.substring(0, first.length() - "conv1".length());
    int in = block.input().channels();
    int out = block.output().channels();
    int stride = block.input().height() / block.output().height();
    GraphBuilder g = new GraphBuilder(block.input());
    g.conv(path + "conv1", in, kept, 3, stride).norm(path + "bn1", kept).relu(path + "relu1");
    g.conv(path + "conv2", kept, out, 3, 1).norm(path + "bn2", out);
    String main = g.last();
    String shortcut = ModelGraph.INPUT;
    if (block.graph().tensors().containsKey(path + "shortcut.0.weight")) {
      g.from(ModelGraph.INPUT).conv(path + "shortcut.0", in, out, 1, stride);
      shortcut = g.norm(path + "shortcut.1", out).last();
    }
    g.add(path + "add", main, shortcut).relu(path + "relu2");
    return new Component(
        block.name() + "@" + sparsity,
        g.build("pruned", List.of()),
        new WeightRef(ModelDirectory.BLOCKS, path, inFile));
  }

  private void assertOutputs(List<Component> components, String expected) {
    float[] want = reference.tensor(expected).floats();
    try (Engine engine = Engine.open(Engine.Processor.CPU, 1)) {
      float[] images = reference.tensor("images").floats();
      Tensor x = engine.wrap(EngineGraphs.direct(images), 32, Shape.of(3, 32, 32));
      for (Component c : components) {
        try (Program loaded = engine.load(c, ComponentWeights.read(model.path(), c))) {
          x = loaded.run(x);
        }
      }
      float[] got = x.floats();
      double largest = 0;
      for (int i = 0; i < want.length; i++) {
        largest = Math.max(largest, Math.abs(got[i] - want[i]));
      }
      System.out.printf("%s: largest absolute difference %.2e%n", expected, largest);
      assertThat(got.length).isGreaterThanOrEqualTo(want.length);
      assertThat(largest).isLessThan(TOLERANCE);
    }
  }

  @Test
  @DisplayName("exit 7, the whole backbone, computes PyTorch's logits of 32 images")
  void exit7_32Images_asPyTorch() {
    assertOutputs(chain, "logits/exit-7");
  }

  @Test
  void exit3_32Images_asPyTorch() {
    assertOutputs(List.of(chain.get(0), exit(3, chain.get(0).output())), "logits/exit-3");
  }

  @Test
  void exit5_32Images_asPyTorch() {
    List<Component> components = new ArrayList<>(chain.subList(0, 5));
    components.add(exit(5, chain.get(4).output()));

    assertOutputs(components, "logits/exit-5");
  }

  @Test
  @DisplayName("a network composed of pruned blocks computes PyTorch's logits of 32 images")
  void composed_32Images_asPyTorch() {
    String[] sparsities =
        reference.metadata().get("composed_sparsities").replaceAll("[\\[\\] ]", "").split(",", -1);
    assertThat(Arrays.asList(sparsities)).hasSize(chain.size() - 2);
    List<Component> components = new ArrayList<>(chain);
    for (int i = 0; i < sparsities.length; i++) {
      components.set(i + 1, pruned(chain.get(i + 1), i, sparsities[i]));
    }

    assertOutputs(components, "logits/composed");
  }

  @Test
  @DisplayName("the feature maps that leave the root are PyTorch's, for the two images on file")
  void root_twoImages_asPyTorch() {
    assertOutputs(Stream.of(chain.get(0)).toList(), "activations/root");
  }
}
