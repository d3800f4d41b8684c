package io.offloadlab.train.exits;

import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights as they are shipped: kernels and matrices in half precision, vectors in single precision,
 * names as in PyTorch.
 */
public final class WeightFiles {
  /** Key of the metadata that says how the weights were made. */
  public static final String TRAINED = "trained";

  private WeightFiles() {}

  /**
   * Writes a file that the laboratory runs on.
   *
   * @param architecture of the metadata: {@code resnet18-branchynet}
   * @param trained how the weights were made, for the metadata
   * @param tensors in any precision
   */
  public static void ship(
      Path file, String architecture, String dataset, String trained, Collection<Tensor> tensors) {
    List<Tensor> shipped = new ArrayList<>();
    tensors.forEach(t -> shipped.add(t.shape().size() >= 2 ? t.halved() : t));
    SafeTensorsWriter.write(
        file,
        Map.of("format", "pt", "architecture", architecture, "dataset", dataset, TRAINED, trained),
        shipped);
  }

  /**
   * A network's weights, from a shipped file or a checkpoint.
   *
   * @throws io.offloadlab.failure.RunFailure if a tensor is missing or of another shape
   */
  public static Map<String, Tensor> read(Path file, Map<String, List<Integer>> shapes) {
    SafeTensors all = SafeTensors.open(file);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> tensors.put(name, all.tensor(name, shape)));
    return tensors;
  }
}
