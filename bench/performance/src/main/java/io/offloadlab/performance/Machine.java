package io.offloadlab.performance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What figures belong to.
 *
 * @param processor its model, or the architecture where the system does not tell
 * @param cores that this process may use
 * @param java version and name of the virtual machine
 * @param libraries those that are measured, by the names of their files
 */
record Machine(String processor, int cores, String java, List<String> libraries) {
  private static final String MEASURED =
      "(netty-transport|grpc-netty-shaded|onnxruntime|pytorch-native-cpu|jmh-core)-[0-9].*";

  static Machine here() throws IOException {
    return new Machine(
        model(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.version") + " " + System.getProperty("java.vm.name"),
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(name -> name.matches(MEASURED))
            .map(name -> name.replace(".jar", ""))
            .sorted()
            .toList());
  }

  private static String model() throws IOException {
    Path said = Path.of("/proc/cpuinfo");
    if (Files.isReadable(said)) {
      for (String line : Files.readAllLines(said)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }

  @Override
  public String toString() {
    return "%s, %s core(s), Java %s%n%s"
        .formatted(processor, cores, java, String.join(", ", libraries));
  }
}
