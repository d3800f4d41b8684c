package io.offloadlab.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCacheTest {
  private static final Path HOME = Path.of("/home/somebody");

  @Test
  void directory_absoluteVariable_isThere() {
    assertThat(UserCache.directory(Map.of("XDG_CACHE_HOME", "/var/caches"), HOME))
        .isEqualTo(Path.of("/var/caches/offloadlab"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "caches", "./caches", "../caches"})
  void directory_variableThatIsNoAbsolutePath_isUnderTheUsersHome(String value) {
    assertThat(UserCache.directory(Map.of("XDG_CACHE_HOME", value), HOME))
        .isEqualTo(Path.of("/home/somebody/.cache/offloadlab"));
  }

  @Test
  void directory_noVariable_isUnderTheUsersHome() {
    assertThat(UserCache.directory(Map.of(), HOME))
        .isEqualTo(Path.of("/home/somebody/.cache/offloadlab"));
  }
}
