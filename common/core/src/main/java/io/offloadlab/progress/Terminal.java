package io.offloadlab.progress;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/**
 * The characters that a terminal, or whoever reads the output in its place, can show. Launchers say
 * it, because Java's own answer depends on its version and on whether there is a terminal.
 */
public final class Terminal {
  /** System property with the name of the locale's character set; UTF-8 where it is not set. */
  public static final String CHARSET = "offloadlab.charset";

  private Terminal() {}

  /**
   * What output is encoded in. It is UTF-8 where the locale knows ASCII alone, so that names of
   * files go through as they are.
   */
  public static Charset charset() {
    Charset shown = shown();
    return shown.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : shown;
  }

  /** Whether every character of a text can be shown. */
  public static boolean shows(String text) {
    return shown().newEncoder().canEncode(text);
  }

  private static Charset shown() {
    String name = System.getProperty(CHARSET, "");
    try {
      return name.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // What is not known shows at least this.
      return StandardCharsets.US_ASCII;
    }
  }
}
