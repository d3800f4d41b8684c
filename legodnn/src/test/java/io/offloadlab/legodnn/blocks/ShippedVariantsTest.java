package io.offloadlab.legodnn.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.graph.Component;
import io.offloadlab.models.ModelDirectory;
import io.offloadlab.models.ModelProfile;
import io.offloadlab.models.ModelShelf;
import io.offloadlab.weights.SafeTensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Variants against what PyTorch trained and measured")
class ShippedVariantsTest {
  static List<String> datasets() {
    return ModelShelf.find().datasets();
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void of_everyVariant_hasTheProfilesParametersAndFlops(String dataset) {
    ModelDirectory model = ModelShelf.find().model(dataset);
    List<LegoChain.Piece> blocks = BlockDetection.detect(model.network(), 0.2).blocks();

    assertThat(blocks).hasSameSizeAs(model.profile().blocks());
    for (int b = 0; b < blocks.size(); b++) {
      ModelProfile.Block measured = model.profile().blocks().get(b);
      for (ModelProfile.Variant v : measured.variants()) {
        Component variant =
            Variants.of(blocks.get(b), v.sparsity(), PruningRule.PUBLISHED, model.backbone());
        assertThat(variant.parameters()).as("%s", variant).isEqualTo(v.parameters());
        assertThat(variant.flops()).as("%s", variant).isEqualTo(v.flops());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void of_everyVariant_findsItsTensorsInItsFile(String dataset) {
    ModelDirectory model = ModelShelf.find().model(dataset);
    for (LegoChain.Piece block : BlockDetection.detect(model.network(), 0.2).blocks()) {
      for (double sparsity : Variants.SPARSITIES) {
        Component variant = Variants.of(block, sparsity, PruningRule.PUBLISHED, model.backbone());
        SafeTensors file = SafeTensors.open(model.path().resolve(variant.weights().file()));
        for (Map.Entry<String, List<Integer>> t : variant.graph().tensors().entrySet()) {
          assertThat(file.tensor(variant.weights().nameInFile(t.getKey())).shape())
              .as("%s %s", variant, t.getKey())
              .isEqualTo(t.getValue());
        }
      }
    }
  }

  @Test
  void of_prunedBlock_isNamedAfterItsSparsity() {
    ModelDirectory model = ModelShelf.find().model("cifar10");
    LegoChain.Piece block = BlockDetection.detect(model.network(), 0.2).blocks().get(3);

    Component variant = Variants.of(block, 0.4, PruningRule.PUBLISHED, model.backbone());

    assertThat(variant.name()).isEqualTo("block-3@0.4");
    assertThat(variant.weights().nameInFile("layer2.1.conv1.weight"))
        .isEqualTo("block-3/sparsity-0.4/conv1.weight");
  }
}
