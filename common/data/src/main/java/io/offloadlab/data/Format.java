package io.offloadlab.data;

/** How the files of a data set are laid out. */
public enum Format {
  /** Records of a label byte and the red, green and blue planes of 32x32 pixels. */
  CIFAR_10_BINARY,
  /** Records of a coarse and a fine label byte (the fine one counts) and the same planes. */
  CIFAR_100_BINARY,
  /**
   * MNIST's idx: big-endian header, then bytes; images of 28x28 grey pixels in one file, labels in
   * the other, each plain or in gzip. Images are padded with black to 32x32, the size the networks
   * are built for.
   */
  IDX;

  private static final int CIFAR_SIDE = 32;

  /** Bytes of labels ahead of a CIFAR record's pixels. */
  int labelBytes() {
    return switch (this) {
      case CIFAR_10_BINARY -> 1;
      case CIFAR_100_BINARY -> 2;
      case IDX -> 0;
    };
  }

  PixelNormaliser normaliser(Normalisation normalisation) {
    return this == IDX
        ? new PixelNormaliser(normalisation, IdxReader.SIDE, IdxReader.SIDE, 2)
        : new PixelNormaliser(normalisation, CIFAR_SIDE, CIFAR_SIDE, 0);
  }
}
