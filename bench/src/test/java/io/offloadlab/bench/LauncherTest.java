package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.models.ModelShelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        mkdir -p "$home/bench/target"
        echo "$home/core/target/core.jar" >"$home/bench/target/classpath"
        """
            .formatted(folder.resolve("log")));
    script(
        "java",
        """
        if [ "$1" = -XshowSettings:properties ]; then
          echo '    java.specification.version = 17' >&2
        else
          echo "java $*" >>"%s"
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
  private List<String> launch() throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Files.deleteIfExists(log);
    ProcessBuilder launcher =
        new ProcessBuilder("bash", home.resolve("bin/.launch.sh").toString(), "bench", "Main", "x")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    launcher.environment().put("PATH", folder.resolve("stubs") + ":" + System.getenv("PATH"));
    launcher.environment().remove("JAVA_HOME");
    Process running = launcher.start();
    assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(running.exitValue()).as(Files.readString(folder.resolve("output"))).isZero();
    return Files.readAllLines(log);
  }

  private static void assertBuilt(List<String> calls) {
    assertThat(calls).hasSize(2);
    assertThat(calls.get(0)).startsWith("mvn ").endsWith("-DskipChecks package");
    assertThat(calls.get(1)).startsWith("java ").endsWith("Main x");
  }

  private static void assertBuiltFromScratch(List<String> calls) {
    assertThat(calls.get(0)).startsWith("mvn ").endsWith("-DskipChecks clean");
    assertBuilt(calls.subList(1, calls.size()));
  }

  private static void assertNotBuilt(List<String> calls) {
    assertThat(calls).singleElement().asString().startsWith("java ");
  }

  @Test
  void launch_firstUse_buildsOnce() throws Exception {
    assertBuilt(launch());
    assertNotBuilt(launch());
  }

  @Test
  void launch_builtByHand_doesNotBuildAgain() throws Exception {
    Files.createDirectories(home.resolve("bench/target"));
    Files.writeString(home.resolve("bench/target/classpath"), home + "/core/target/core.jar");

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
  @DisplayName("A checkout that was moved builds: its class path names the old place")
  void launch_checkoutMoved_builds() throws Exception {
    launch();
    home = Files.move(home, folder.resolve("elsewhere"));

    assertBuiltFromScratch(launch());
    assertNotBuilt(launch());
  }

  @Test
  void launch_testChanged_doesNotBuild() throws Exception {
    launch();
    later(old(home.resolve("bench/src/test/java/MainTest.java")));

    assertNotBuilt(launch());
  }
}
