package io.offloadlab.bench.run;

import java.util.List;
import java.util.regex.Pattern;

/** Options of a Java virtual machine. */
final class JvmOptions {
  /** Debuggers, profilers and the like. */
  private static final Pattern AGENT =
      Pattern.compile("-(agentlib|agentpath|javaagent|Xrun\\w+)(:.*)?|-Xdebug");

  /** What is listened on: {@code -Dcom.sun.management.jmxremote.port=9010}. */
  private static final Pattern PORT =
      Pattern.compile("-Dcom\\.sun\\.management\\..*|-D[^=]*\\.port=.*");

  private JvmOptions() {}

  /**
   * Those that a process started beside this one can have, too.
   *
   * @param own this one's, such as {@code -Xmx2g}
   */
  static List<String> forChild(List<String> own) {
    return own.stream()
        .filter(o -> !AGENT.matcher(o).matches() && !PORT.matcher(o).matches())
        .toList();
  }
}
