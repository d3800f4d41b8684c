package io.offloadlab.train.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.offloadlab.data.ImageSet;
import io.offloadlab.data.Split;
import io.offloadlab.failure.RunFailure;
import io.offloadlab.train.EmbeddedImages;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
  private static final ImageSet IMAGES = EmbeddedImages.fashion(Split.TEST);
  private static final List<Integer> SUBSET = Subsets.sample(IMAGES.size(), 103, 4, "test");

  private record Copy(List<float[]> images, List<Integer> labels) {}

  private static List<Copy> read(Augmentation augmentation, int workers, int epoch, int from)
      throws InterruptedException {
    List<Copy> copies = new ArrayList<>();
    try (BatchLoader loader = new BatchLoader(IMAGES, SUBSET, 10, augmentation, 7, workers);
        Epoch batches = loader.epoch(epoch, from)) {
      while (batches.hasNext()) {
        try (Batch batch = batches.next()) {
          FloatBuffer values =
              batch.images().duplicate().order(batch.images().order()).asFloatBuffer();
          List<float[]> images = new ArrayList<>();
          for (int i = 0; i < batch.size(); i++) {
            float[] image = new float[(int) IMAGES.shape().elements()];
            values.get(image);
            images.add(image);
          }
          copies.add(new Copy(images, Arrays.stream(batch.labels()).boxed().toList()));
        }
      }
    }
    return copies;
  }

  private static void assertSame(List<Copy> actual, List<Copy> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int b = 0; b < actual.size(); b++) {
      assertThat(actual.get(b).labels).isEqualTo(expected.get(b).labels);
      for (int i = 0; i < actual.get(b).images.size(); i++) {
        assertThat(actual.get(b).images.get(i)).isEqualTo(expected.get(b).images.get(i));
      }
    }
  }

  @Test
  @DisplayName("an epoch holds images of the subset once each, with their labels, in another order")
  void epoch_withoutAugmentation_subsetOnceWithItsLabels() throws InterruptedException {
    Map<String, Integer> labelOf = new HashMap<>();
    for (int i : SUBSET) {
      float[] image = new float[(int) IMAGES.shape().elements()];
      IMAGES.batch(List.of(i)).asFloatBuffer().get(image);
      labelOf.put(Arrays.toString(image), IMAGES.label(i).getAsInt());
    }

    List<Copy> first = read(Augmentation.none(), 2, 0, 0);
    List<Copy> second = read(Augmentation.none(), 2, 1, 0);

    assertThat(first).hasSize(10);
    List<String> seen = new ArrayList<>();
    for (Copy copy : first) {
      for (int i = 0; i < copy.images.size(); i++) {
        String image = Arrays.toString(copy.images.get(i));
        seen.add(image);
        assertThat(labelOf.get(image)).isEqualTo(copy.labels.get(i));
      }
    }
    assertThat(seen).doesNotHaveDuplicates();
    assertThat(second.get(0).labels).isNotEqualTo(first.get(0).labels);
  }

  @Test
  @DisplayName("a batch depends on epoch and number, not on the workers or on where one began")
  void epoch_otherWorkersOrResumed_sameBatches() throws InterruptedException {
    Augmentation all = Augmentation.cropAndFlip().withCutout(8);
    List<Copy> one = read(all, 1, 3, 0);

    assertSame(read(all, 4, 3, 0), one);
    assertSame(read(all, 2, 3, 6), one.subList(6, one.size()));
  }

  @Test
  void newBatchLoader_tooFewImages_runFailureNamingBoth() {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(() -> new BatchLoader(IMAGES, SUBSET, 128, Augmentation.none(), 1, 1).close())
        .withMessageContaining("103 training images do not fill a batch of 128");
  }

  @Test
  void split_shareHeldOut_partsWithoutCommonImages() {
    Subsets.Parts parts = Subsets.split(1000, 200, .25, 5);

    assertThat(parts.training()).hasSize(150).doesNotContainAnyElementsOf(parts.validation());
    assertThat(parts.validation()).hasSize(50).doesNotHaveDuplicates();
  }
}
