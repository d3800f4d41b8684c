package io.offloadlab.bench.figure;

/** Okabe and Ito's colours, which colour-blind readers can tell apart, and three more. */
public final class Palette {
  static final String[] COLOURS = {
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7A7A7A", "#A0522D",
    "#B5A900", "#6A3D9A", "#444444"
  };

  private Palette() {}

  /** As a list of a script. */
  public static String script() {
    return "[\"" + String.join("\",\"", COLOURS) + "\"]";
  }
}
