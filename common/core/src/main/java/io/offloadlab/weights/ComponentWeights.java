package io.offloadlab.weights;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.Component;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tensors of one component as one self-contained safetensors blob, under the names that its
 * graph uses and as F16 or F32, the precision they rest in: what a node needs to hold the
 * component, and what travels to it.
 *
 * <p>Equal components of equal weights give equal blobs, so the hash of the content identifies them
 * on every node.
 */
public final class ComponentWeights {
  private final ByteBuffer blob;
  private final SafeTensors tensors;
  private final String sha256;

  private ComponentWeights(String source, ByteBuffer blob) {
    this.blob = blob.slice().asReadOnlyBuffer();
    this.tensors = SafeTensors.of(source, this.blob);
    this.sha256 = Sha256.of(this.blob);
  }

  /**
   * Extracts a component's weights from a model's directory. Only the pages of its tensors are
   * read.
   *
   * @param modelDirectory directory that holds the file of {@link Component#weights()}
   * @throws RunFailure if the file is missing or corrupt, lacks a tensor, or has one of another
   *     shape, of integers, or with values that are not finite
   */
  public static ComponentWeights read(Path modelDirectory, Component component) {
    return extract(SafeTensors.open(modelDirectory.resolve(component.weights().file())), component);
  }

  /**
   * Extracts a component's weights from an open file, for callers that need many of one file.
   *
   * @throws RunFailure if a tensor is missing, or has another shape, integers or values that are
   *     not finite
   */
  public static ComponentWeights extract(SafeTensors file, Component component) {
    List<StoredTensor> found = new ArrayList<>();
    component
        .graph()
        .tensors()
        .forEach(
            (name, shape) -> {
              String inFile = component.weights().nameInFile(name);
              found.add(file.weights(inFile, shape).named(name));
            });
    return new ComponentWeights(component.name(), SafeTensorsWriter.write(Map.of(), found));
  }

  /**
   * Weights that came as a blob, from another node or a cache.
   *
   * @param source what to call the blob in messages
   * @param blob from position to limit; not copied, so it must not change
   * @throws RunFailure if it is not valid safetensors
   */
  public static ComponentWeights of(String source, ByteBuffer blob) {
    return new ComponentWeights(source, blob);
  }

  /** As {@link #of(String, ByteBuffer)}. */
  public static ComponentWeights of(String source, byte[] blob) {
    return of(source, ByteBuffer.wrap(blob));
  }

  /** The blob, read-only, from position 0 to its limit. */
  public ByteBuffer blob() {
    return blob.duplicate();
  }

  /** Bytes of the blob. */
  public int bytes() {
    return blob.capacity();
  }

  /** SHA-256 of the blob, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return sha256;
  }

  /**
   * Checks that every tensor of a component is here in its shape, and finite.
   *
   * @throws RunFailure naming the first that is not
   */
  public void requireFor(Component component) {
    component.graph().tensors().forEach(tensors::weights);
  }

  /**
   * A tensor of the component's graph.
   *
   * @param name as in the graph, such as {@code layer2.0.conv1.weight}
   * @throws RunFailure if it is not here
   */
  public StoredTensor tensor(String name) {
    return tensors.tensor(name);
  }
}
