package io.offloadlab.models;

import java.nio.file.Path;
import java.util.List;

/** How a model is made: what messages about missing weights tell to run. */
final class Making {
  private Making() {}

  /** The commands in their order: the network, its blocks, its profile. */
  static List<String> commands(String dataset, Path folder) {
    String at = quoted(folder.toString());
    return List.of(
        "bin/branchynet train --dataset %s --out %s".formatted(dataset, at),
        "bin/legodnn train --dataset %s --backbone %s".formatted(dataset, at),
        "bin/legodnn profile --dataset %s --weights %s".formatted(dataset, at));
  }

  /** As a shell wants it. */
  private static String quoted(String word) {
    return word.matches("[\\w./+:@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
