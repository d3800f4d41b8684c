package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The table of rooms in docs/how-it-works.md is the list of what each package may know: it is
 * complete, and a package that stops knowing another is taken off it.
 */
class RoomsTest {
  private static final Path HOME = Path.of(System.getProperty("offloadlab.home"));
  private static final Path PAGE = HOME.resolve("docs/how-it-works.md");
  private static final String ROOT = "io.offloadlab.";
  private static final String NOTHING = "nothing";

  /** Everybody has the platform. */
  private static final List<String> PLATFORM = List.of("java.", "javax.", "com.sun.management");

  /** What a library's packages begin with, and what the table calls it. */
  private static final Map<String, String> LIBRARIES =
      Map.ofEntries(
          Map.entry("ai.djl.", "DJL"),
          Map.entry("ai.onnx.", "ONNX's classes"),
          Map.entry("ai.onnxruntime.", "ONNX Runtime"),
          Map.entry("com.google.protobuf.", "Protobuf"),
          Map.entry("ch.qos.logback.", "Logback"),
          Map.entry("com.fasterxml.jackson.", "Jackson"),
          Map.entry("com.github.freva.", "ascii-table"),
          Map.entry("com.github.mustachejava", "Mustache"),
          Map.entry("com.univocity.", "univocity"),
          Map.entry("io.netty.", "Netty"),
          Map.entry("me.tongfei.", "progressbar"),
          Map.entry("org.HdrHistogram", "HdrHistogram"),
          Map.entry("org.apache.commons.compress.", "Commons Compress"),
          Map.entry("org.apache.commons.statistics.", "Commons Statistics"),
          Map.entry("org.apache.commons.text.", "Commons Text"),
          Map.entry("org.bytedeco.", "ND4J"),
          Map.entry("org.yaml.snakeyaml", "SnakeYAML"),
          Map.entry("org.datavec.", "RL4J"),
          Map.entry("org.deeplearning4j.nn.", "DL4J"),
          Map.entry("org.deeplearning4j.rl4j.", "RL4J"),
          Map.entry("org.knowm.xchart", "XChart"),
          Map.entry("org.nd4j.", "ND4J"),
          Map.entry("org.slf4j", "SLF4J"),
          Map.entry("picocli", "picocli"),
          Map.entry("tech.tablesaw.", "Tablesaw"));

  private static JavaClasses classes;
  private static Map<String, Room> rooms;

  /**
   * A row of the table.
   *
   * @param name of the package, without its root
   * @param knows other packages
   * @param uses libraries
   */
  private record Room(String module, String name, Set<String> knows, Set<String> uses) {
    @Override
    public String toString() {
      return "| %s | … | %s | %s |".formatted("`" + name + "`", cell(knows), cell(uses));
    }

    private static String cell(Set<String> names) {
      return names.isEmpty() ? NOTHING : String.join(", ", names);
    }
  }

  @BeforeAll
  static void read() throws IOException {
    classes =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("io.offloadlab");
    rooms = table();
  }

  private static Map<String, Room> table() throws IOException {
    Map<String, Room> rows = new TreeMap<>();
    String module = "";
    for (String line : Files.readAllLines(PAGE)) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      if (cells.size() == 7 && cells.get(2).startsWith("`")) {
        module = cells.get(1).isEmpty() ? module : cells.get(1).replace("`", "");
        String name = cells.get(2).replace("`", "");
        Room room = new Room(module, name, names(cells.get(4)), names(cells.get(5)));
        assertThat(rows.put(name, room)).as("a second row for %s", name).isNull();
      }
    }
    return rows;
  }

  private static Set<String> names(String cell) {
    return cell.equals(NOTHING)
        ? Set.of()
        : Arrays.stream(cell.split(", ")).collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a package's classes depend on, as the table would say it. */
  private static Room asItIs(String name) {
    Set<String> knows = new TreeSet<>();
    Set<String> uses = new TreeSet<>();
    for (JavaClass c : classes) {
      if (c.getPackageName().equals(ROOT + name)) {
        for (Dependency d : c.getDirectDependenciesFromSelf()) {
          add(d.getTargetClass().getBaseComponentType(), name, knows, uses);
        }
      }
    }
    return new Room("", name, knows, uses);
  }

  private static void add(JavaClass target, String from, Set<String> knows, Set<String> uses) {
    String there = target.getPackageName();
    if (there.startsWith(ROOT)) {
      if (!there.equals(ROOT + from)) {
        knows.add(there.substring(ROOT.length()));
      }
    } else if (!there.isEmpty() && PLATFORM.stream().noneMatch(there::startsWith)) {
      uses.add(
          LIBRARIES.entrySet().stream()
              .filter(l -> (there + ".").startsWith(l.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse(there));
    }
  }

  @Test
  @DisplayName("Every package has a row, and every row its package in the module that it names")
  void everyPackageHasARow() {
    Set<String> packages =
        classes.stream()
            .map(c -> c.getPackageName().substring(ROOT.length()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(rooms.keySet()).isEqualTo(packages);
    assertThat(rooms.values())
        .allSatisfy(
            r ->
                assertThat(
                        HOME.resolve(r.module)
                            .resolve("src/main/java/io/offloadlab")
                            .resolve(r.name.replace('.', '/')))
                    .isDirectory());
  }

  @Test
  @DisplayName("A package knows what its row says, no more and no less")
  void packagesKnowWhatTheirRowsSay() {
    List<String> differences = new ArrayList<>();
    for (Room said : rooms.values()) {
      Room is = asItIs(said.name);
      if (!is.knows.equals(said.knows) || !is.uses.equals(said.uses)) {
        differences.add("%s%n      says    %s".formatted(is, said));
      }
    }

    assertThat(differences).as("rows of docs/how-it-works.md as they should be").isEmpty();
  }

  @Test
  void packagesAreFreeOfCycles() {
    SlicesRuleDefinition.slices()
        .matching("io.offloadlab.(**)")
        .should()
        .beFreeOfCycles()
        .check(classes);
  }
}
