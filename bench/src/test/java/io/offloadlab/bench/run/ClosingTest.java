package io.offloadlab.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable fine(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable failing(String name) {
    return () -> {
      closed.add(name);
      throw new IllegalStateException(name);
    };
  }

  @Test
  void all_someFail_closesEveryOneAndKeepsTheFirstFailure() {
    Throwable failure =
        catchThrowable(
            () -> Closing.all(List.of(fine("a"), failing("b"), fine("c"), failing("d"))));

    assertThat(closed).containsExactly("d", "c", "b", "a");
    assertThat(failure).hasMessage("d");
    assertThat(failure.getSuppressed()).singleElement().extracting("message").isEqualTo("b");
  }

  @Test
  void after_aFailure_keepsItAndAddsWhatClosingAdds() {
    RuntimeException failure = new RuntimeException("first");

    Closing.after(failure, List.of(failing("a"), fine("b")));

    assertThat(closed).containsExactly("b", "a");
    assertThat(failure.getSuppressed()).singleElement().extracting("message").isEqualTo("a");
  }
}
