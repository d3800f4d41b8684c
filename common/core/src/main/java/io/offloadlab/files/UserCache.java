package io.offloadlab.files;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where what can be fetched again is kept on a user's machine. */
public final class UserCache {
  private UserCache() {}

  /**
   * {@code $XDG_CACHE_HOME/offloadlab}, or {@code ~/.cache/offloadlab} where the variable is empty
   * or, as the XDG base directory specification asks, not an absolute path.
   *
   * @param environment variables
   * @param home the user's folder
   */
  public static Path directory(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .filter(v -> !v.isBlank())
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElse(home.resolve(".cache"))
        .resolve("offloadlab");
  }
}
