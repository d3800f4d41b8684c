package io.offloadlab.train.exits;

import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weights as they are shipped: kernels and matrices in half precision, vectors in single precision,
 * names as in PyTorch.
 */
public final class WeightFiles {
  /** Key of the metadata that names the network. */
  public static final String ARCHITECTURE = "architecture";

  /** Key of the metadata that names the data set. */
  public static final String DATASET = "dataset";

  /** Key of the metadata that says how the weights were made. */
  public static final String TRAINED = "trained";

  /** Key of the metadata that says what the convolutions were computed in while training. */
  public static final String PRECISION = "precision";

  /** Key of the metadata of pruned blocks: the SHA-256 of the backbone they are to replace. */
  public static final String BACKBONE = "backbone";

  /** Key of the metadata of pruned blocks: what their counts of filters are multiples of. */
  public static final String CHANNELS_MULTIPLE = "channels_multiple";

  /**
   * Key of the metadata of pruned blocks: what they learnt from, if not each from its own block.
   */
  public static final String RETRAINING = "retraining";

  /** Key of the metadata of pruned blocks: the blocks that they were before, if they were any. */
  public static final String BEGAN_FROM = "began_from";

  private WeightFiles() {}

  /**
   * Writes a file that the laboratory runs on.
   *
   * @param metadata with at least {@code architecture}, {@code resnet18-branchynet} for one
   * @param tensors in any precision
   */
  public static void ship(
      Path file, Map<String, String> metadata, Collection<StoredTensor> tensors) {
    List<StoredTensor> shipped = new ArrayList<>();
    tensors.forEach(t -> shipped.add(t.shape().size() >= 2 ? halvedIfItFits(t) : t));
    Map<String, String> all = new TreeMap<>(metadata);
    all.put("format", "pt");
    SafeTensorsWriter.write(file, all, shipped);
  }

  /** Half precision ends at 65504: what is larger would be infinite and refused when it is read. */
  private static StoredTensor halvedIfItFits(StoredTensor tensor) {
    StoredTensor half = tensor.halved();
    return half.isFinite() ? half : tensor;
  }

  /**
   * A network's weights, from a shipped file or a checkpoint.
   *
   * @throws io.offloadlab.failure.RunFailure if a tensor is missing, of another shape or not finite
   */
  public static Map<String, StoredTensor> read(Path file, Map<String, List<Integer>> shapes) {
    SafeTensors all = SafeTensors.open(file);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> tensors.put(name, all.weights(name, shape)));
    return tensors;
  }
}
