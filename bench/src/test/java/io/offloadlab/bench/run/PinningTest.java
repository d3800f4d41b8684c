package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PinningTest {
  @Test
  void parse_rangesAndNumbers_asTheKernelWritesThem() {
    assertThat(Pinning.parse("0-3,8,10-11")).containsExactly(0, 1, 2, 3, 8, 10, 11);
    assertThat(Pinning.parse("5")).containsExactly(5);
  }

  @Test
  @DisplayName("with cores for all, shares are equal and the cloud has what is left over")
  void shares_enoughCores_areApart() {
    assertThat(Pinning.shares(List.of(0, 1, 2, 3, 4, 5, 6), 3))
        .containsExactly(List.of(0, 1, 2), List.of(3, 4), List.of(5, 6));
    assertThat(Pinning.shares(List.of(0, 1), 2)).containsExactly(List.of(0), List.of(1));
  }

  @Test
  @DisplayName(
      "with fewer cores than nodes the cloud has one to itself, and edges share the others")
  void shares_tooFewCores_edgesShare() {
    assertThat(Pinning.shares(List.of(0, 1), 3))
        .containsExactly(List.of(0), List.of(1), List.of(1));
    assertThat(Pinning.shares(List.of(2, 4, 6), 5))
        .containsExactly(List.of(2), List.of(4), List.of(6), List.of(4), List.of(6));
    assertThat(Pinning.shares(List.of(7), 2)).containsExactly(List.of(7), List.of(7));
  }

  @Test
  void warnings_everyNodeItsOwn_areNone() {
    Pinning pinning = new Pinning(List.of(0, 1), List.of(List.of(0), List.of(1)));

    assertThat(pinning.warnings(1, 4)).isEmpty();
    assertThat(pinning.told()).isEqualTo("cloud has 0; edge-1 has 1; pinned");
  }

  @Test
  @DisplayName("two cores and one task under way: caches and memory are shared, and that is said")
  void warnings_sharedWithOneTask_saysWhatIsShared() {
    Pinning pinning = new Pinning(List.of(0, 1), List.of(List.of(0), List.of(1), List.of(1)));

    assertThat(pinning.warnings(2, 1))
        .singleElement()
        .asString()
        .startsWith("edge-1, edge-2 share core 1: with one task under way only one node computes")
        .contains("caches and memory");
  }

  @Test
  void warnings_unpinnedWithSeveralTasks_saysThatNodesSlowEachOther() {
    Pinning pinning = new Pinning(List.of(0, 1, 2, 3), List.of());

    assertThat(pinning.warnings(2, 4))
        .containsExactly(
            "the cloud and 2 edges share 4 cores: nodes that compute at the same moment slow each other down (--pin gives every node its own)");
    assertThat(pinning.told()).isEqualTo("all nodes share 0,1,2,3");
  }

  @Test
  @DisplayName("this process is held to the cloud's cores until it is closed")
  void pin_onLinux_holdsThisProcess() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.isReadable(status) && hasTaskset());
    List<Integer> before = allowed();

    try (Pinning pinning = Pinning.pin(1)) {
      assertThat(allowed()).isEqualTo(pinning.ofNodes().get(0));
      assertThat(pinning.before(1).subList(0, 2)).containsExactly("taskset", "-c");
    }

    assertThat(allowed()).isEqualTo(before);
  }

  private static boolean hasTaskset() {
    try {
      return new ProcessBuilder("taskset", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<Integer> allowed() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8).stream()
        .filter(l -> l.startsWith("Cpus_allowed_list:"))
        .map(l -> Pinning.parse(l.substring("Cpus_allowed_list:".length()).strip()))
        .findFirst()
        .orElseThrow();
  }
}
