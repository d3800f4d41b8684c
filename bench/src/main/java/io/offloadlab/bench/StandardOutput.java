package io.offloadlab.bench;

import io.offloadlab.files.Reasons;
import io.offloadlab.progress.Terminal;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;

/**
 * Standard output that remembers why it could not be written: Java's own swallows it, and a table
 * that is lost on a full disk looks like a success.
 */
final class StandardOutput {
  private static final String NOBODY_READS = "Broken pipe";

  private final Remembering bytes;
  private final PrintStream text;

  /**
   * @param out takes the bytes
   */
  StandardOutput(OutputStream out) {
    this.bytes = new Remembering(new BufferedOutputStream(out));
    this.text = new PrintStream(bytes, true, Terminal.charset());
  }

  private static final class Remembering extends FilterOutputStream {
    private IOException failure;

    Remembering(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int from, int count) throws IOException {
      try {
        out.write(b, from, count);
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw remembered(e);
      }
    }

    private IOException remembered(IOException e) {
      failure = failure == null ? e : failure;
      return e;
    }
  }

  /** What programs print to. */
  PrintStream stream() {
    return text;
  }

  /** Why some of the output is lost, if it is. */
  Optional<String> loss() {
    text.flush();
    return Optional.ofNullable(bytes.failure).map(Reasons::of);
  }

  /** Whether a loss is a reader that has seen enough, such as {@code head}. */
  static boolean isChosen(String loss) {
    return loss.equals(NOBODY_READS);
  }
}
