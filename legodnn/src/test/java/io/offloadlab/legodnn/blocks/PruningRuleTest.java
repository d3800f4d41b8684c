package io.offloadlab.legodnn.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.offloadlab.graph.ModelGraph;
import io.offloadlab.graph.ResNets;
import io.offloadlab.graph.Shape;
import io.offloadlab.legodnn.blocks.LegoChain.Piece;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PruningRuleTest {
  private static final List<Double> SPARSITIES = List.of(.2, .4, .6, .8);

  private static Piece block(int width, int index) {
    ModelGraph network = ResNets.resnet18(10, width, Shape.of(3, 32, 32));
    return BlockDetection.detect(network, .2).blocks().get(index);
  }

  @ParameterizedTest
  @DisplayName("published counts are rounded up to the multiple, but not beyond the whole")
  @CsvSource({
    "128, .2, 1, 103", "128, .2, 16, 112", "128, .4, 16, 80", "128, .6, 16, 64", "128, .8, 16, 32",
    "64, .2, 16, 64", "64, .8, 16, 16", "512, .2, 16, 416", "24, .2, 16, 24", "24, 0, 16, 24",
    "10, .8, 4, 4", "3, .2, 8, 3", "64, .6, 2147483647, 64"
  })
  void kept_anyMultiple_roundedUp(int filters, double sparsity, int multiple, int kept) {
    assertThat(new PruningRule(multiple).kept(filters, sparsity)).isEqualTo(kept);
  }

  @Test
  void newPruningRule_notPositive_illegalArgumentNamingTheOption() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PruningRule(0))
        .withMessage("--channels-multiple is at least 1, not 0");
  }

  @ParameterizedTest
  @DisplayName("a count equal to the whole, or to another variant's, is dropped")
  @CsvSource({
    "64, 0, 1, 0.2 0.4 0.6 0.8",
    "64, 0, 16, 0.4 0.6 0.8",
    "64, 2, 16, 0.2 0.4 0.6 0.8",
    "32, 0, 16, 0.6",
    "48, 0, 16, 0.4 0.8",
    "16, 0, 16, ''",
    "4, 0, 1, 0.4 0.6 0.8"
  })
  void distinct_rounded_thoseThatDiffer(int width, int index, int multiple, String expected) {
    List<Double> distinct =
        Variants.distinct(block(width, index), SPARSITIES, new PruningRule(multiple));

    assertThat(distinct)
        .isEqualTo(
            expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ")).stream().map(Double::valueOf).toList());
  }
}
