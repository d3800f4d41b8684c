package io.offloadlab.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offloadlab.models.ModelProfile.Exit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelProfileTest {
  private static ModelProfile profile(Map<String, Exit> exits) {
    return new ModelProfile("cifar10", 1, "a test", null, exits, null, List.of(), null, 1);
  }

  @Test
  void originalAccuracy_moreThanNineExits_isThatOfTheGreatestNumber() {
    ModelProfile deep =
        profile(Map.of("exit-3", new Exit(0.3), "exit-11", new Exit(0.9), "exit-7", new Exit(0.7)));

    assertThat(deep.originalAccuracy()).isEqualTo(0.9);
  }

  @Test
  void originalAccuracy_noExits_saysSo() {
    assertThatThrownBy(() -> profile(Map.of()).originalAccuracy())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no exits");
  }
}
