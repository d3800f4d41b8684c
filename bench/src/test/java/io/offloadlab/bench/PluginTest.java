package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.bench.run.FakeNetworks;
import io.offloadlab.strategy.StrategyProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code --plugin}: the example of the documentation, compiled here, and jars that are wrong. */
class PluginTest {
  private static final Path EXAMPLE = Path.of("../docs/examples/halves");
  private static final String SERVICE = "META-INF/services/" + StrategyProvider.class.getName();

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void view() {
    FakeNetworks.writeView(folder.resolve("view.json"));
  }

  private int run(String... args) {
    CommandLine line = CommandLines.line(new Bench());
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private int simulate(Path jar, String... more) {
    List<String> args = new ArrayList<>(List.of("simulate", "--plugin", jar.toString()));
    args.addAll(List.of("--view", folder.resolve("view.json").toString(), "--tasks", "30"));
    args.addAll(List.of("--out", folder.resolve("out").toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private Path example() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> args =
        new ArrayList<>(
            List.of("-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
    try (Stream<Path> sources = Files.walk(EXAMPLE.resolve("src"))) {
      sources.filter(f -> f.toString().endsWith(".java")).forEach(f -> args.add(f.toString()));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler.run(null, null, null, args.toArray(String[]::new))).isZero();
    return jar("halves.jar", classes, EXAMPLE.resolve("resources"));
  }

  private Path jar(String name, Path... folders) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream all = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path from : folders) {
        try (Stream<Path> files = Files.walk(from)) {
          files.filter(Files::isRegularFile).forEach(f -> add(all, from.relativize(f), f));
        }
      }
    }
    return jar;
  }

  private static void add(JarOutputStream jar, Path name, Path file) {
    try {
      jar.putNextEntry(new JarEntry(name.toString()));
      copy(file, jar);
      jar.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path file, OutputStream to) throws IOException {
    Files.copy(file, to);
  }

  private Path naming(String provider) throws IOException {
    Path service = folder.resolve("named").resolve(SERVICE);
    Files.createDirectories(service.getParent());
    Files.writeString(service, provider + "\n");
    return jar("named.jar", folder.resolve("named"));
  }

  @Test
  @DisplayName("the example of the documentation takes part like any other, options included")
  void simulate_withTheExample_isInTheTable() throws IOException {
    int code =
        simulate(
            example(), "--strategies", "halves,most=halves[share=0.9],edge-only", "--acc", "0.5");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(Files.readAllLines(folder.resolve("out/summary.csv")))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("halves,"))
        .anyMatch(line -> line.startsWith("most,"));
    assertThat(Files.readString(folder.resolve("out/tasks.csv")))
        .contains("block-3 @edge-1 | block-4");
  }

  @Test
  void list_withTheExample_explainsItsOptions() throws IOException {
    int code = run("compare", "--plugin", example().toString(), "--list", "halves");

    assertThat(code).isZero();
    assertThat(out.toString()).contains("halves.share", "of the components that run on the edge");
  }

  @Test
  void simulate_withAJarThatIsNotThere_isToldInALine() {
    assertThat(simulate(folder.resolve("none.jar"))).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString()).contains("none.jar': there is no such file").hasLineCount(1);
  }

  @Test
  void simulate_withAFileThatIsNoJar_isToldInALine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");

    assertThat(simulate(text)).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString()).contains("text.jar' is no jar").hasLineCount(1);
  }

  @Test
  void simulate_withAJarOfNoStrategy_saysWhatItNeeds() throws IOException {
    Path empty = jar("empty.jar", Files.createDirectories(folder.resolve("nothing")));

    assertThat(simulate(empty)).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString()).contains("it needs a file " + SERVICE).hasLineCount(1);
  }

  @Test
  void simulate_withAProviderThatIsNotThere_namesIt() throws IOException {
    assertThat(simulate(naming("org.example.Missing"))).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString()).contains("cannot be loaded", "org.example.Missing").hasLineCount(1);
  }

  @Test
  void simulate_withTheExampleTwice_saysThatTheNameIsTaken() throws IOException {
    Path jar = example();

    assertThat(simulate(jar, "--plugin", jar.toString())).isEqualTo(CommandLines.USAGE);
    assertThat(err.toString())
        .contains("has a strategy 'halves', and so has org.example.halves.HalvesProvider")
        .hasLineCount(1);
  }
}
