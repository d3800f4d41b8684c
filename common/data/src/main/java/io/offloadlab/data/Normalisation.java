package io.offloadlab.data;

import java.util.List;

/**
 * Statistics of a data set's training images, on pixels divided by 255. Networks are fed {@code
 * (pixel / 255 - mean) / std} of each channel.
 *
 * @param mean per channel
 * @param std standard deviation per channel, positive
 */
public record Normalisation(List<Double> mean, List<Double> std) {
  /**
   * @throws IllegalArgumentException if the channels differ in number or a deviation is not
   *     positive
   */
  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.isEmpty() || mean.size() != std.size() || std.stream().anyMatch(s -> !(s > 0))) {
      throw new IllegalArgumentException(
          "a mean and a positive deviation per channel are needed, not %s and %s"
              .formatted(mean, std));
    }
  }

  /** Number of channels. */
  public int channels() {
    return mean.size();
  }

  /** Normalised value of each of the 256 pixel values of a channel, in PyTorch's float32 steps. */
  float[] table(int channel) {
    float m = mean.get(channel).floatValue();
    float s = std.get(channel).floatValue();
    float[] table = new float[256];
    for (int pixel = 0; pixel < table.length; pixel++) {
      table[pixel] = (pixel / 255f - m) / s;
    }
    return table;
  }
}
