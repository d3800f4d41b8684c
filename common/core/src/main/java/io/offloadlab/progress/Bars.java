package io.offloadlab.progress;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Makes progress bars for terminals that somebody watches. */
public final class Bars {
  private Bars() {}

  /**
   * A bar in the house style, to be given its unit and length.
   *
   * @param task what is going on, in front of the bar
   * @return empty when the terminal is not interactive
   */
  public static Optional<ProgressBarBuilder> named(String task) {
    return isInteractive()
        ? Optional.of(new ProgressBarBuilder().setTaskName(task).setStyle(ProgressBarStyle.ASCII))
        : Optional.empty();
  }

  /** From Java 22 on there is a console even without a terminal, and a method that tells. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isInteractive() {
    Console console = System.console();
    if (console == null || Runtime.version().feature() < 22) {
      return console != null;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("Console.isTerminal is public from Java 22 on", e);
    }
  }
}
