package io.offloadlab.train.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.offloadlab.graph.Shape;
import io.offloadlab.stream.RandomStreams;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final Shape SHAPE = Shape.of(2, 6, 5);

  /** Element c, y, x is 1 + its index, so that no pixel is zero. */
  private static float[] numbered() {
    float[] image = new float[(int) SHAPE.elements()];
    for (int i = 0; i < image.length; i++) {
      image[i] = i + 1;
    }
    return image;
  }

  private static float[] apply(Augmentation augmentation, RandomGenerator random) {
    FloatBuffer out = FloatBuffer.allocate((int) SHAPE.elements());
    augmentation.apply(numbered(), SHAPE, random, new float[SHAPE.width()], out);
    return out.array();
  }

  /** The padded image, cropped at (dy, dx), then mirrored: written as definitions go. */
  private static float[] expected(int padding, int dy, int dx, boolean mirrored) {
    int h = SHAPE.height();
    int w = SHAPE.width();
    float[] out = new float[(int) SHAPE.elements()];
    for (int c = 0; c < SHAPE.channels(); c++) {
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int sy = y + dy - padding;
          int sx = (mirrored ? w - 1 - x : x) + dx - padding;
          boolean inside = sy >= 0 && sy < h && sx >= 0 && sx < w;
          out[(c * h + y) * w + x] = inside ? numbered()[(c * h + sy) * w + sx] : 0;
        }
      }
    }
    return out;
  }

  @Test
  void none_any_imageAsItIs() {
    assertThat(apply(Augmentation.none(), RandomStreams.named(1, "a"))).isEqualTo(numbered());
  }

  @Test
  @DisplayName("every crop of the padded image, mirrored or not, comes up, and nothing else")
  void apply_paddingAndFlip_exactlyTheCropsOfThePaddedImage() {
    Set<String> possible = new HashSet<>();
    for (int dy = 0; dy <= 4; dy++) {
      for (int dx = 0; dx <= 4; dx++) {
        for (boolean mirrored : new boolean[] {false, true}) {
          possible.add(java.util.Arrays.toString(expected(2, dy, dx, mirrored)));
        }
      }
    }
    RandomGenerator random = RandomStreams.named(2, "crops");
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(java.util.Arrays.toString(apply(new Augmentation(2, true, 0), random)));
    }

    assertThat(seen).isEqualTo(possible);
  }

  @Test
  @DisplayName("a cutout is the same square of zeros in every channel, clipped at the border")
  void apply_cutout_oneSquareInAllChannels() {
    RandomGenerator random = RandomStreams.named(3, "cutout");
    Set<Integer> areas = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      float[] out = apply(new Augmentation(0, false, 3), random);
      int area = 0;
      int plane = SHAPE.height() * SHAPE.width();
      for (int p = 0; p < plane; p++) {
        assertThat(out[p] == 0).isEqualTo(out[plane + p] == 0);
        area += out[p] == 0 ? 1 : 0;
      }
      areas.add(area);
    }
    assertThat(areas).containsExactlyInAnyOrder(4, 6, 9);
  }

  @Test
  void newAugmentation_negativePadding_illegalArgumentNamingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Augmentation(-1, false, 0))
        .withMessageContaining("padding is at least 0, not -1");
  }
}
