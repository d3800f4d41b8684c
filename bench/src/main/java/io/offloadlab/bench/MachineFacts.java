package io.offloadlab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a report says of the machine it was made on. */
final class MachineFacts {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private MachineFacts() {}

  static Map<String, String> describe() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("os", property("os.name") + " " + property("os.version"));
    facts.put("java", property("java.vm.name") + " " + property("java.version"));
    facts.put(
        "processor",
        String.format(
            Locale.ROOT, "%d x %s", Runtime.getRuntime().availableProcessors(), processor()));
    facts.put(
        "heap",
        String.format(Locale.ROOT, "%d MiB at most", Runtime.getRuntime().maxMemory() >> 20));
    Release.commit().ifPresent(c -> facts.put("commit", c));
    return facts;
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String processor() {
    if (!Files.isReadable(CPUINFO)) {
      return property("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(l -> l.startsWith("model name"))
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(property("os.arch"));
    } catch (IOException e) {
      return property("os.arch") + " (" + e.getMessage() + ")";
    }
  }
}
