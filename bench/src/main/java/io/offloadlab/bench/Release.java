package io.offloadlab.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.IVersionProvider;

/** What is running: the version, and the commit where it runs from a checkout. */
final class Release implements IVersionProvider {
  static final String VERSION = "0.1.0";

  private static final Logger LOG = LoggerFactory.getLogger(Release.class);

  /** System property with the folder of the checkout, set by the launchers. */
  private static final String HOME = "offloadlab.home";

  private static final int PATIENCE_SECONDS = 5;

  /** Digits of a commit that tell it from others. */
  private static final int SHORT = 12;

  @Override
  public String[] getVersion() {
    return new String[] {
      "OffloadLab " + VERSION + commit().map(c -> " (commit " + c + ")").orElse("")
    };
  }

  /**
   * The commit of the checkout, with {@code +changes} where files differ from it; empty where there
   * is no checkout, or no git.
   */
  static Optional<String> commit() {
    String home = System.getProperty(HOME);
    if (home == null || !Files.exists(Path.of(home, ".git"))) {
      return Optional.empty();
    }
    Optional<String> head = git(home, "rev-parse", "HEAD");
    Optional<String> changed = git(home, "status", "-s", "-uno");
    return head.map(c -> c.substring(0, SHORT) + (changed.orElse("").isEmpty() ? "" : "+changes"));
  }

  private static Optional<String> git(String home, String... words) {
    List<String> command = new ArrayList<>(List.of("git", "-C", home));
    command.addAll(List.of(words));
    try {
      Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
      git.getOutputStream().close();
      String told = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0) {
        return Optional.of(told);
      }
      LOG.debug("git does not tell the commit: {}", told);
    } catch (IOException e) {
      LOG.debug("git cannot be asked for the commit", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
