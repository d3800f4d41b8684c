package io.offloadlab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offloadlab.progress.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
  @AfterEach
  void unset() {
    System.clearProperty(Terminal.CHARSET);
  }

  private static OutputStream failing(String reason) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(reason);
      }
    };
  }

  @Test
  void loss_everythingWritten_isNone() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(bytes);

    out.stream().print("═ ä");

    assertThat(out.loss()).isEmpty();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("═ ä");
  }

  @Test
  void loss_diskFull_saysWhy() {
    StandardOutput out = new StandardOutput(failing("No space left on device"));

    out.stream().println("a table");

    assertThat(out.loss()).contains("No space left on device");
  }

  @Test
  void isChosen_readerHasSeenEnough_isNoError() {
    assertThat(StandardOutput.isChosen("Broken pipe")).isTrue();
    assertThat(StandardOutput.isChosen("No space left on device")).isFalse();
  }

  @Test
  void stream_asciiTerminal_letsNamesOfFilesThroughAsTheyAre() {
    System.setProperty(Terminal.CHARSET, "ANSI_X3.4-1968");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StandardOutput out = new StandardOutput(bytes);

    out.stream().print("ä");

    assertThat(out.loss()).isEmpty();
    assertThat(bytes.toByteArray()).isEqualTo("ä".getBytes(StandardCharsets.UTF_8));
    assertThat(Terminal.shows("╔")).isFalse();
    assertThat(Terminal.shows("+-|")).isTrue();
  }
}
