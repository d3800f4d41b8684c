package io.offloadlab.train.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.files.Sha256;
import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.graph.VggNets;
import io.offloadlab.legodnn.blocks.BlockDetection;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import io.offloadlab.legodnn.blocks.Pruning;
import io.offloadlab.legodnn.blocks.PruningRule;
import io.offloadlab.train.autograd.Initialisation;
import io.offloadlab.weights.SafeTensorsWriter;
import io.offloadlab.weights.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WideningTest {
  private static final ModelGraph NETWORK = ResNets.resnet18(10, 4, Shape.of(1, 32, 32));
  private static final Map<String, StoredTensor> WEIGHTS = Initialisation.of(NETWORK, 1);
  private static final List<Piece> BLOCKS = BlockDetection.detect(NETWORK, .2).blocks();
  private static final PruningRule EIGHTS = new PruningRule(8);

  @TempDir Path folder;

  private Path backbone() {
    Path file = folder.resolve("backbone.safetensors");
    SafeTensorsWriter.write(file, Map.of(), WEIGHTS.values());
    return file;
  }

  /** Random values in the shapes of a variant. */
  private static Map<String, StoredTensor> retrained(
      Piece piece, double sparsity, PruningRule rule, Random random) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    Pruning.prune(piece.graph(), sparsity, rule)
        .tensors()
        .forEach(
            (name, shape) -> {
              float[] values = new float[shape.stream().reduce(1, Math::multiplyExact)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              tensors.put(name, StoredTensor.of(name, shape, values));
            });
    return tensors;
  }

  private void write(Map<String, String> metadata, List<Piece> pieces, double sparsity) {
    List<StoredTensor> tensors = new ArrayList<>();
    Random random = new Random(4);
    for (Piece piece : pieces) {
      var component = Variant.component(piece, sparsity, PruningRule.PUBLISHED);
      retrained(piece, sparsity, PruningRule.PUBLISHED, random)
          .forEach(
              (n, t) ->
                  tensors.add(
                      StoredTensor.of(component.weights().nameInFile(n), t.shape(), t.floats())));
    }
    SafeTensorsWriter.write(folder.resolve("blocks.safetensors"), metadata, tensors);
  }

  /**
   * Sum over a block's hidden channels of what its second convolution makes of each, at one place
   * of a one-pixel map: {@code sum over c of w2[o, c] * relu(bn(w1[c] . x))}.
   */
  private static double[] second(
      Map<String, StoredTensor> tensors, String path, int[] channels, double[] x, int out) {
    float[] w1 = tensors.get(path + "conv1.weight").floats();
    float[] w2 = tensors.get(path + "conv2.weight").floats();
    float[] scale = tensors.get(path + "bn1.weight").floats();
    float[] shift = tensors.get(path + "bn1.bias").floats();
    float[] mean = tensors.get(path + "bn1.running_mean").floats();
    float[] variance = tensors.get(path + "bn1.running_var").floats();
    int hidden = scale.length;
    double[] y = new double[out];
    for (int c : channels) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += w1[(c * x.length + i) * 9 + 4] * x[i];
      }
      double normal =
          (sum - mean[c]) / Math.sqrt(Math.abs(variance[c]) + 1e-5) * scale[c] + shift[c];
      for (int o = 0; o < out; o++) {
        y[o] += w2[(o * hidden + c) * 9 + 4] * Math.max(0, normal);
      }
    }
    return y;
  }

  @Test
  @DisplayName("a widened variant gives what the narrow one gave; new filters are the next by L1")
  void widen_moreFilters_outputsOfNarrowAndTheOriginalsNextFilters() {
    Piece piece = BLOCKS.get(5);
    String path = "layer3.1.";
    double sparsity = .6;
    Map<String, StoredTensor> narrow =
        retrained(piece, sparsity, PruningRule.PUBLISHED, new Random(3));

    Map<String, StoredTensor> wide =
        Extraction.widen(piece.graph(), WEIGHTS, sparsity, EIGHTS, narrow, PruningRule.PUBLISHED);

    wide.forEach(
        (name, t) ->
            assertThat(t.shape())
                .as(name)
                .isEqualTo(Pruning.prune(piece.graph(), sparsity, EIGHTS).tensors().get(name)));
    assertThat(wide.get(path + "conv1.weight").shape()).startsWith(8);
    assertThat(narrow.get(path + "conv1.weight").shape()).startsWith(7);
    float[] first = WEIGHTS.get(path + "conv1.weight").floats();
    int size = first.length / 16;
    int next =
        IntStream.range(0, 16)
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    f ->
                        -IntStream.range(f * size, (f + 1) * size)
                            .mapToDouble(i -> Math.abs(first[i]))
                            .sum()))
            .skip(7)
            .findFirst()
            .orElseThrow();
    double[] x = new Random(8).doubles(16, -1, 1).toArray();
    double[] whole = second(wide, path, IntStream.range(0, 8).toArray(), x, 16);
    double[] part = second(narrow, path, IntStream.range(0, 7).toArray(), x, 16);
    for (int o = 0; o < 16; o++) {
      assertThat(whole[o]).isCloseTo(part[o], within(1e-4));
    }
    float[] filters = wide.get(path + "conv1.weight").floats();
    assertThat(IntStream.range(0, 8))
        .anyMatch(
            f ->
                Arrays.equals(
                    filters, f * size, (f + 1) * size, first, next * size, (next + 1) * size));
    assertThat(wide.get(path + "bn2.weight").floats())
        .isEqualTo(narrow.get(path + "bn2.weight").floats());
  }

  @Test
  @DisplayName("as many filters as there were are the earlier blocks, value by value")
  void widen_sameCounts_theSameValues() {
    for (ModelGraph network : List.of(NETWORK, VggNets.vgg16(10, 4, Shape.of(1, 32, 32)))) {
      Map<String, StoredTensor> weights = Initialisation.of(network, 2);
      for (Piece piece : BlockDetection.detect(network, .2).blocks()) {
        Map<String, StoredTensor> narrow =
            retrained(piece, .5, PruningRule.PUBLISHED, new Random(3));

        Extraction.widen(
                piece.graph(), weights, .5, PruningRule.PUBLISHED, narrow, PruningRule.PUBLISHED)
            .forEach(
                (name, t) -> assertThat(t.floats()).as(name).isEqualTo(narrow.get(name).floats()));
      }
    }
  }

  @Test
  void in_blocksOfTheBackbone_sayTheirChecksum() {
    Path backbone = backbone();
    write(Map.of("backbone", Sha256.required(backbone)), BLOCKS, .6);

    assertThat(EarlierBlocks.in(folder, backbone, BLOCKS, List.of(.6), EIGHTS))
        .hasToString(
            "blocks.safetensors with SHA-256 "
                + Sha256.required(folder.resolve("blocks.safetensors")));
  }

  @Test
  void in_blocksOfAnotherBackbone_runFailureWithBothChecksums() {
    Path backbone = backbone();
    write(Map.of("backbone", "abc"), BLOCKS, .6);

    refused(BLOCKS, .6, EIGHTS, "made for another backbone", "abc", Sha256.required(backbone));
  }

  @Test
  void in_missingBlockOrSparsity_runFailureNamingItAndWhatThereIs() {
    backbone();
    write(Map.of(), BLOCKS.subList(0, 2), .6);

    refused(BLOCKS, .6, PruningRule.PUBLISHED, "has no block-2@0.6 to begin from", "{block-0=");
    refused(BLOCKS.subList(0, 2), .5, PruningRule.PUBLISHED, "has no block-0@0.5", "[0.6]");
  }

  @Test
  void in_moreFiltersThanWanted_runFailureNamingTheOption() {
    backbone();
    Piece piece = BLOCKS.get(5);
    var component = Variant.component(piece, .6, EIGHTS);
    SafeTensorsWriter.write(
        folder.resolve("blocks.safetensors"),
        Map.of("channels_multiple", "8"),
        retrained(piece, .6, EIGHTS, new Random(1)).entrySet().stream()
            .map(
                e ->
                    StoredTensor.of(
                        component.weights().nameInFile(e.getKey()),
                        e.getValue().shape(),
                        e.getValue().floats()))
            .toList());

    refused(List.of(piece), .6, PruningRule.PUBLISHED, "more filters", "--channels-multiple 8");
  }

  @Test
  void in_emptyFolder_runFailureNamingTheFile() {
    backbone();
    refused(BLOCKS, .6, EIGHTS, "nothing to begin from: there is no", "blocks.safetensors");
  }

  private void refused(List<Piece> blocks, double sparsity, PruningRule rule, String... parts) {
    assertThatExceptionOfType(RunFailure.class)
        .isThrownBy(
            () ->
                EarlierBlocks.in(
                    folder,
                    folder.resolve("backbone.safetensors"),
                    blocks,
                    List.of(sparsity),
                    rule))
        .withMessageContainingAll(parts)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
