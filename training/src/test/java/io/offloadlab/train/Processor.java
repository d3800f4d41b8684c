package io.offloadlab.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that runs the tests. */
public final class Processor {
  private Processor() {}

  /**
   * Whether Linux names instructions for bfloat16. Elsewhere PyTorch takes other code, in which
   * nobody is meant to train.
   */
  public static boolean multipliesBfloat16() {
    try {
      String flags = Files.readString(Path.of("/proc/cpuinfo"));
      return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
    } catch (IOException e) {
      return false;
    }
  }
}
