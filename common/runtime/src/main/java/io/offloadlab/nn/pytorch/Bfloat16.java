package io.offloadlab.nn.pytorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whether a processor multiplies bfloat16. */
public final class Bfloat16 {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Linux's names of the instructions. */
  private static final Set<String> INSTRUCTIONS = Set.of("avx512_bf16", "amx_bf16");

  private Bfloat16() {}

  /**
   * Whether this machine's has instructions for it. Without them PyTorch computes in float32 and
   * rounds, which is slower than float32.
   */
  public static boolean isMultipliedHere() {
    return isMultipliedBy(PROCESSORS);
  }

  /** Whether the first processor of Linux's list has them. */
  static boolean isMultipliedBy(Path cpuinfo) {
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      List<String> flags =
          lines
              .filter(l -> l.startsWith("flags"))
              .findFirst()
              .map(l -> Arrays.asList(l.split("\\s+")))
              .orElse(List.of());
      return flags.stream().anyMatch(INSTRUCTIONS::contains);
    } catch (IOException e) {
      // Another system than Linux, which does not say.
      return false;
    }
  }
}
