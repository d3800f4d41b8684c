package io.offloadlab.train.checkpoint;

import ai.djl.ndarray.NDArray;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.train.autograd.Precision;
import io.offloadlab.weights.SafeTensors;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A training at one moment.
 *
 * @param position how far it is
 * @param tensors weights by their names, and the optimiser's memory as {@code optimizer/...}
 */
public record TrainingCheckpoint(Position position, Map<String, StoredTensor> tensors) {
  private static final String MEMORY = "optimizer/";

  /**
   * Writes a checkpoint; one that is there is replaced only when the new one is whole.
   *
   * @param weights by name
   * @param memory of the optimiser, by name
   * @param others under names that none of these have
   * @throws RunFailure if the file cannot be written; what was there before is still there
   */
  public static void write(
      Path file,
      Identity identity,
      Position position,
      Map<String, NDArray> weights,
      Map<String, NDArray> memory,
      List<StoredTensor> others) {
    Map<String, String> metadata = new TreeMap<>(identity.metadata());
    metadata.putAll(position.metadata());
    List<StoredTensor> tensors = new ArrayList<>();
    weights.forEach((name, array) -> tensors.add(tensor(name, array)));
    memory.forEach((name, array) -> tensors.add(tensor(MEMORY + name, array)));
    tensors.addAll(others);
    try {
      SafeTensorsWriter.write(file, metadata, tensors);
    } catch (RunFailure e) {
      throw new RunFailure(
          e.getMessage() + "; the training stopped, what was saved before is intact", e);
    }
  }

  /**
   * Reads a checkpoint of a training.
   *
   * @param wanted the training that is to go on
   * @throws RunFailure if there is none, it is corrupt or not finite, or it is of another training
   */
  public static TrainingCheckpoint read(Path file, Identity wanted) {
    if (!Files.exists(file)) {
      throw new RunFailure(
          "nothing to resume: there is no %s; start without --resume".formatted(file));
    }
    SafeTensors all = SafeTensors.open(file);
    Identity.of(file.toString(), all.metadata()).require(file.toString(), wanted);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (String name : all.names()) {
      StoredTensor t = all.tensor(name);
      tensors.put(name, name.startsWith(MEMORY) ? t : all.weights(name, t.shape()));
    }
    return new TrainingCheckpoint(Position.of(file.toString(), all.metadata()), tensors);
  }

  /**
   * The precision of the training that a checkpoint is of.
   *
   * @return nothing if there is no such file
   * @throws RunFailure if it is corrupt
   */
  public static Optional<Precision> precision(Path file) {
    return Files.exists(file)
        ? Optional.of(Identity.precision(file.toString(), SafeTensors.open(file).metadata()))
        : Optional.empty();
  }

  /** Puts the optimiser's memory back where it was. */
  public void restore(Map<String, NDArray> memory) {
    memory.forEach((name, array) -> copy(tensors.get(MEMORY + name), array));
  }

  private static void copy(StoredTensor from, NDArray to) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(from.data().remaining()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(from.data()).flip();
    to.set(bytes.asFloatBuffer());
  }

  /** The values of an array on whatever device. */
  public static StoredTensor tensor(String name, NDArray array) {
    List<Integer> shape = new ArrayList<>();
    for (long extent : array.getShape().getShape()) {
      shape.add(Math.toIntExact(extent));
    }
    return StoredTensor.of(name, shape, array.toFloatArray());
  }
}
