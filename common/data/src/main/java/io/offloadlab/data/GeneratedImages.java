package io.offloadlab.data;

import io.offloadlab.graph.Shape;
import io.offloadlab.stream.RandomStreams;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Stand-ins for a data set that cannot be reached, or for none: every pixel drawn evenly from
 * 0..255 and normalised as the data set's are. They cost a network what real images cost it, and
 * say nothing of its accuracy: they have no labels.
 */
public final class GeneratedImages implements ImageSet {
  /** Of pixels that are drawn evenly: images then have mean 0 and deviation 1. */
  private static final double EVEN_MEAN = 0.5;

  private static final double EVEN_DEVIATION = 1 / Math.sqrt(12);

  private final int classes;
  private final int size;
  private final long seed;
  private final PixelNormaliser normaliser;

  /**
   * @param dataset whose shape and statistics to take
   * @param split whose number of images to take
   * @param seed image i depends on this and i alone
   */
  public GeneratedImages(Dataset dataset, Split split, long seed) {
    this(
        dataset.layout().normaliser(dataset.normalisation()),
        dataset.classes(),
        dataset.files(split).images(),
        seed);
  }

  private GeneratedImages(PixelNormaliser normaliser, int classes, int size, long seed) {
    this.normaliser = normaliser;
    this.classes = classes;
    this.size = size;
    this.seed = seed;
  }

  /**
   * Images that stand in for no data set.
   *
   * @param shape of one image: {@code [channels, height, width]}
   * @param classes that a network tells apart
   * @param size number of images
   * @param seed image i depends on this and i alone
   */
  public static GeneratedImages of(Shape shape, int classes, int size, long seed) {
    Normalisation even =
        new Normalisation(
            Collections.nCopies(shape.channels(), EVEN_MEAN),
            Collections.nCopies(shape.channels(), EVEN_DEVIATION));
    return new GeneratedImages(
        new PixelNormaliser(even, shape.height(), shape.width(), 0), classes, size, seed);
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
    return classes;
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
