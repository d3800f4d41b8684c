package io.offloadlab.data;

import io.offloadlab.graph.Shape;
import io.offloadlab.stream.RandomStreams;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Stand-ins for a data set that cannot be reached: as many images of the same shape, every pixel
 * drawn evenly from 0..255 and normalised as the real ones are. They cost a network what real
 * images cost it, and say nothing of its accuracy: they have no labels.
 */
public final class GeneratedImages implements ImageSet {
  private final Dataset dataset;
  private final int size;
  private final long seed;
  private final PixelNormaliser normaliser;

  /**
   * @param dataset whose shape and statistics to take
   * @param split whose number of images to take
   * @param seed image i depends on this and i alone
   */
  public GeneratedImages(Dataset dataset, Split split, long seed) {
    this.dataset = dataset;
    this.size = dataset.files(split).images();
    this.seed = seed;
    this.normaliser = dataset.format().normaliser(dataset.normalisation());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Shape shape() {
    return normaliser.shape();
  }

  @Override
  public int classes() {
    return dataset.classes();
  }

  @Override
  public boolean hasLabels() {
    return false;
  }

  @Override
  public OptionalInt label(int index) {
    Objects.checkIndex(index, size);
    return OptionalInt.empty();
  }

  @Override
  public void read(List<Integer> indices, ByteBuffer into) {
    FloatBuffer out = normaliser.outputOf(into, indices.size());
    float[] image = new float[Math.toIntExact(shape().elements())];
    byte[] pixels = new byte[normaliser.storedBytes()];
    for (int index : indices) {
      Objects.checkIndex(index, size);
      RandomStreams.named(seed, "generated-image/" + index).nextBytes(pixels);
      normaliser.write(pixels, 0, image, out);
    }
    into.position(into.position() + out.position() * Shape.BYTES_PER_ELEMENT);
  }
}
