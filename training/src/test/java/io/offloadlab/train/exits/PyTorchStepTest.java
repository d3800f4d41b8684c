package io.offloadlab.train.exits;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.offloadlab.graph.ResNets;
import io.offloadlab.nn.Engine;
import io.offloadlab.nn.pytorch.PyTorchEngine;
import io.offloadlab.train.autograd.Adam;
import io.offloadlab.train.autograd.GradientRecording;
import io.offloadlab.train.autograd.Losses;
import io.offloadlab.train.autograd.Optimizer;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.train.autograd.Sgd;
import io.offloadlab.train.autograd.TrainableGraph;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our optimisation steps beside PyTorch's, on the same weights and images: a BranchyNet of width 8.
 * The file holds images that are not ours to ship, so it is named by a variable.
 */
@EnabledIfEnvironmentVariable(named = "OFFLOADLAB_REFERENCE", matches = ".+")
class PyTorchStepTest {
  private static final int IMAGES = 16;

  /** Of losses before the first step: nothing but rounding lies between them. */
  private static final double ROUNDING = 1e-5;

  /**
   * Of losses after it, and of tensors by norm. Some of the half a million activations always lie
   * within rounding of zero, and which side of it they are on depends on processor, memory layout
   * and alignment. Each that a ReLU takes on the other side moves the gradients of the layers
   * before it by up to a percent, and the next step begins from there. Weights that differ by 1e-7
   * of themselves do as much: up to 1.7e-4 in the second loss and 2% in the mean of all tensors. A
   * missing momentum, decay or average is ten times that.
   */
  private static final double SECOND_LOSS = 5e-3;

  private static final double TENSORS = 5e-2;

  private final SafeTensors reference =
      SafeTensors.open(Path.of(System.getenv("OFFLOADLAB_REFERENCE")));

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adam"})
  @DisplayName("losses, weights and running statistics after one and two steps are PyTorch's")
  void step_onceAndTwice_asPyTorch(String optimizer) {
    Map<String, Function<MultiExitNetwork, Optimizer>> optimizers =
        Map.of(
            "sgd",
            n -> new Sgd(manager(n), n.trainable(), new Sgd.Settings(.9, true, 5e-4)),
            "adam",
            n -> new Adam(manager(n), n.trainable(), Adam.Settings.defaults()));
    double rate = optimizer.equals("sgd") ? .1 : 3e-4;
    MultiExitGraph graph =
        MultiExitGraph.withBranches(
            ResNets.resnet18(10, 8, io.offloadlab.graph.Shape.of(3, 32, 32)));
    try (PyTorchEngine engine = new PyTorchEngine(Engine.Processor.CPU, 1);
        NDManager manager = engine.newManager()) {
      MultiExitNetwork network = new MultiExitNetwork(graph, initial(), Precision.FLOAT32, manager);
      Optimizer steps = optimizers.get(optimizer).apply(network);
      for (String step : List.of("", "2")) {
        String prefix = "train/" + optimizer + step + "/";

        List<Double> losses = step(network, steps, rate, manager);

        float[] expected = reference.tensor(prefix + "loss").floats();
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
          worst = Math.max(worst, Math.abs(losses.get(i) / expected[i] - 1));
        }
        Map<String, Double> differences = differences(network, prefix);
        System.out.printf(
            "%s: losses differ by %.1e, tensors by at most %.1e, mean %.1e%n",
            prefix, worst, largest(differences), mean(differences));
        assertThat(worst).isLessThan(step.isEmpty() ? ROUNDING : SECOND_LOSS);
        assertThat(differences).hasSize(graph.tensors().size());
        assertThat(mean(differences)).isLessThan(TENSORS);
      }
    }
  }

  private static NDManager manager(MultiExitNetwork network) {
    return network.trainable().values().iterator().next().getManager();
  }

  private Map<String, StoredTensor> initial() {
    Map<String, StoredTensor> tensors = new HashMap<>();
    String prefix = "train/initial/";
    reference.names().stream()
        .filter(n -> n.startsWith(prefix))
        .forEach(n -> tensors.put(n.substring(prefix.length()), reference.tensor(n)));
    return tensors;
  }

  /** Losses per exit and their mean, before the step. */
  private List<Double> step(
      MultiExitNetwork network, Optimizer optimizer, double rate, NDManager owner) {
    try (NDManager scope = owner.newSubManager()) {
      float[] pixels = new float[IMAGES * 3 * 32 * 32];
      System.arraycopy(reference.tensor("images").floats(), 0, pixels, 0, pixels.length);
      int[] labels = new int[IMAGES];
      for (int i = 0; i < IMAGES; i++) {
        labels[i] = (int) reference.tensor("labels").data().getLong(i * Long.BYTES);
      }
      NDArray images = scope.create(pixels, new Shape(IMAGES, 3, 32, 32));
      NDArray targets = Losses.targets(scope, labels, 10, .1);
      List<Double> values = new ArrayList<>();
      try (GradientRecording on = GradientRecording.recorded()) {
        assert on != null;
        List<NDArray> losses =
            network.logits(images, TrainableGraph.Mode.TRAINING).stream()
                .map(l -> Losses.crossEntropy(l, targets))
                .toList();
        NDArray total = losses.get(0).add(losses.get(1)).add(losses.get(2)).mul(1f / 3);
        losses.forEach(l -> values.add((double) l.getFloat()));
        values.add((double) total.getFloat());
        GradientRecording.backward(total, scope);
      }
      optimizer.step(rate);
      return values;
    }
  }

  private static double mean(Map<String, Double> differences) {
    return differences.values().stream().mapToDouble(d -> d).average().orElseThrow();
  }

  private static double largest(Map<String, Double> differences) {
    return differences.values().stream().mapToDouble(d -> d).max().orElseThrow();
  }

  /** Norm of a tensor's difference relative to the tensor's norm; every element counts. */
  private Map<String, Double> differences(MultiExitNetwork network, String prefix) {
    Map<String, Double> differences = new HashMap<>();
    network
        .tensors()
        .forEach(
            (name, tensor) -> {
              float[] ours = tensor.toFloatArray();
              float[] theirs = reference.tensor(prefix + name).floats();
              double norm = 0;
              double difference = 0;
              for (int i = 0; i < ours.length; i++) {
                norm += Math.pow(theirs[i], 2);
                difference += Math.pow(ours[i] - theirs[i], 2);
              }
              differences.put(name, Math.sqrt(difference / norm));
            });
    return differences;
  }
}
