package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.models.ModelShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bin/.launch.sh} in a small checkout, with a Maven and a Java that only say what they do.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @TempDir Path folder;
  private Path home;
  private Path source;

  @BeforeEach
  void checkout() throws IOException {
    // Its real name: the launcher resolves links, and temporary folders may be behind one.
    folder = folder.toRealPath();
    home = folder.resolve("checkout");
    Files.createDirectories(home.resolve("bin"));
    Files.copy(
        Path.of(System.getProperty(ModelShelf.HOME), "bin", ".launch.sh"),
        home.resolve("bin/.launch.sh"));
    old(home.resolve("pom.xml"));
    old(home.resolve("bench/pom.xml"));
    old(home.resolve("bench/src/main/java/Other.java"));
    source = old(home.resolve("bench/src/main/java/Main.java"));
    script(
        "mvn",
        """
        echo "mvn $*" >>"%s"
        while [ "$1" != -f ]; do shift; done
        home=$(dirname "$2")
        case "$*" in *clean) rm -rf "$home/target" "$home/bench/target"; exit ;; esac
        mkdir -p "$home/bench/target" "$home/core/target" "$home/data/target"
        touch "$home/bench/target/offloadlab-bench.jar"
        touch "$home/core/target/core.jar" "$home/data/target/data.jar"
        echo "$home/core/target/core.jar:$home/data/target/data.jar" >"$home/bench/target/classpath"
        """
            .formatted(folder.resolve("log")));
    script(
        "java",
        """
        if [ "$1" = -XshowSettings:properties ]; then
          echo '    java.specification.version = 17' >&2
        elif [ "${1#-XX:ArchiveClassesAtExit}" != "$1" ]; then
          echo classes
        else
          echo "LC_ALL=${LC_ALL-} java $*" >>"%s"
        fi
        """
            .formatted(folder.resolve("log")));
  }

  private static Path old(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "here");
    return Files.setLastModifiedTime(file, LONG_AGO);
  }

  private void script(String name, String body) throws IOException {
    Path file = folder.resolve("stubs").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** Launches and gives what Maven and Java were called with. */
  private List<String> launch(String... environment) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    assertThat(launched(environment)).as(Files.readString(folder.resolve("output"))).isZero();
    return Files.readAllLines(log);
  }

  /** What a launcher says that gives up. */
  private String refusal(String... environment) throws IOException, InterruptedException {
    assertThat(launched(environment)).isEqualTo(1);
    String output = Files.readString(folder.resolve("output"));
    assertThat(output.lines()).hasSize(1);
    return output;
  }

  private int launched(String... environment) throws IOException, InterruptedException {
    ProcessBuilder launcher =
        new ProcessBuilder("bash", home.resolve("bin/.launch.sh").toString(), "bench", "Main", "x")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    launcher.environment().put("PATH", folder.resolve("stubs") + ":" + System.getenv("PATH"));
    launcher.environment().remove("JAVA_HOME");
    for (String variable : environment) {
      launcher
          .environment()
          .put(
              variable.substring(0, variable.indexOf('=')),
              variable.substring(variable.indexOf('=') + 1));
    }
    Process running = launcher.start();
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return running.exitValue();
  }

  private static void assertBuilt(List<String> calls) {
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0)).startsWith("mvn ").endsWith("-DskipChecks package");
    assertThat(calls.get(1)).contains(" java ").endsWith("Main x");
  }

  private static void assertBuiltFromScratch(List<String> calls) {
    assertThat(calls.get(0)).startsWith("mvn ").endsWith("-DskipChecks clean");
    assertBuilt(calls.subList(1, calls.size()));
  }

  private static void assertNotBuilt(List<String> calls) {
    assertThat(calls).singleElement().asString().contains(" java ");
  }

  @Test
  void launch_firstUse_buildsOnce() throws Exception {
    assertBuilt(launch());
    assertNotBuilt(launch());
  }

  @Test
  void launch_builtByHand_doesNotBuildAgain() throws Exception {
    launch();
    Files.delete(home.resolve("bench/target/built-from"));

    assertNotBuilt(launch());
  }

  @Test
  void launch_sourceOrPomChanged_builds() throws Exception {
    launch();
    later(source);
    assertBuilt(launch());

    // The stub's build is made at once; the file must not stay in its future.
    Files.setLastModifiedTime(source, LONG_AGO);
    later(home.resolve("bench/pom.xml"));
    assertBuilt(launch());
  }

  private static void later(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  @Test
  void launch_sourceDeleted_buildsFromScratch() throws Exception {
    launch();
    Files.delete(source);

    assertBuiltFromScratch(launch());
    assertNotBuilt(launch());
  }

  @Test
  @DisplayName("A renamed file keeps its date, and a new one may come with an old date")
  void launch_sourceRenamedOrAddedWithItsOldDate_builds() throws Exception {
    launch();
    Files.move(source, source.resolveSibling("Renamed.java"));
    assertBuiltFromScratch(launch());

    old(home.resolve("bench/src/main/java/Added.java"));
    assertBuilt(launch());
  }

  @Test
  @DisplayName("A checkout that was moved, or copied, runs what was built in it and nothing else")
  void launch_checkoutMoved_runsItsOwnJars() throws Exception {
    launch();
    home = Files.move(home, folder.resolve("elsewhere"));

    List<String> calls = launch();

    assertNotBuilt(calls);
    assertThat(calls.get(0))
        .contains(
            "-cp %1$s/bench/target/offloadlab-bench.jar:%1$s/core/target/core.jar:%1$s/data/target/data.jar "
                .formatted(home))
        .doesNotContain("/checkout/");
  }

  @Test
  @DisplayName("Classes that were kept with the build are read from there; without them all works")
  void launch_keptClasses_areUsed() throws Exception {
    launch();
    Path kept = Files.writeString(home.resolve("bench/target/shared.jsa"), "classes");

    assertThat(launch().get(0)).contains("-XX:SharedArchiveFile=" + kept);
    Files.delete(kept);
    assertThat(launch().get(0)).doesNotContain("-XX:SharedArchiveFile");
  }

  @Test
  void launch_aJarIsGone_builds() throws Exception {
    launch();
    Files.delete(home.resolve("data/target/data.jar"));

    assertBuilt(launch());
    assertNotBuilt(launch());
  }

  @Test
  @DisplayName("Who runs may not be who built: nothing is written when all is fresh")
  void launch_fresh_writesNothing() throws Exception {
    launch();
    List<String> before = written();

    launch();

    assertThat(written()).isEqualTo(before);
  }

  private List<String> written() throws IOException {
    try (var files = Files.walk(home)) {
      return files.map(f -> f + " " + f.toFile().lastModified()).sorted().toList();
    }
  }

  @Test
  void launch_twoOnFirstUse_oneBuildsAndTheOtherWaits() throws Exception {
    Path log = folder.resolve("log");
    ExecutorService both = Executors.newFixedThreadPool(2);
    try {
      Callable<Integer> launch = () -> launched();
      for (var code : both.invokeAll(List.of(launch, launch))) {
        assertThat(code.get()).isZero();
      }
    } finally {
      both.shutdown();
    }

    assertThat(Files.readAllLines(log))
        .filteredOn(l -> l.startsWith("mvn "))
        .hasSizeLessThanOrEqualTo(flock() ? 1 : 2);
  }

  private static boolean flock() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(d -> Files.isExecutable(Path.of(d, "flock")));
  }

  @Test
  void launch_javaHomeWrong_saysSoInOneLine() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(refusal("JAVA_HOME=" + folder.resolve("none")))
        .contains("JAVA_HOME is '%s', which is no folder".formatted(folder.resolve("none")))
        .contains("JDK, version 17 or later");
    assertThat(refusal("JAVA_HOME=" + file)).contains("which is no folder");
    assertThat(refusal("JAVA_HOME=" + empty))
        .contains("'%s', which has no bin/java".formatted(empty));
  }

  @Test
  void launch_javaTooOldOrBroken_saysSoInOneLine() throws Exception {
    Path jdk = Files.createDirectories(folder.resolve("jdk"));
    script("../jdk/bin/java", "echo '    java.specification.version = 1.8' >&2");
    assertThat(refusal("JAVA_HOME=" + jdk))
        .contains("Java 1.8 of JAVA_HOME '%s' is too old".formatted(jdk));

    script("../jdk/bin/java", "exit 1");
    assertThat(refusal("JAVA_HOME=" + jdk)).contains("'%s/bin/java' does not start".formatted(jdk));
  }

  @Test
  void launch_moreMemoryAsTheMessageSays_javaGetsIt() throws Exception {
    assertThat(launch("OFFLOADLAB_JAVA_OPTS=-Xmx1024m"))
        .last()
        .asString()
        .containsPattern("java .*-Xmx1024m ");
  }

  @Test
  @DisplayName("Where the locale knows ASCII alone, names of files do not suffer from it")
  void launch_posixLocale_javaGetsUtf8AndIsToldWhatIsShown() throws Exception {
    assertThat(launch("LC_ALL=POSIX"))
        .last()
        .asString()
        .startsWith("LC_ALL=C.UTF-8 java")
        .doesNotContain("-Doffloadlab.charset=UTF-8");
    assertThat(launch("LC_ALL=C.UTF-8"))
        .last()
        .asString()
        .startsWith("LC_ALL=C.UTF-8 java")
        .contains("-Doffloadlab.charset=UTF-8");
  }

  @Test
  void launch_testChanged_doesNotBuild() throws Exception {
    launch();
    later(old(home.resolve("bench/src/test/java/MainTest.java")));

    assertNotBuilt(launch());
  }
}
