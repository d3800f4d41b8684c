package io.offloadlab.sim;

import io.offloadlab.failure.UsageError;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Arrivals as they were recorded: a text file in UTF-8 with a line per task that holds the seconds
 * since the start of the stream and, after a comma, optionally the number of the edge that the task
 * is for. Lines end as on any system. Empty lines and lines that begin with {@code #} are skipped;
 * times do not go back.
 */
public final class RecordedArrivals {
  private static final int MOST_ARRIVALS = 20_000_000;
  private static final int MOST_BYTES_PER_LINE = 1000;

  /** Seconds, 30 years: steps of a microsecond are still told apart. */
  private static final double LATEST = 1e9;

  private static final int SHOWN = 40;
  private static final String FORM = "expected SECONDS or SECONDS,EDGE";
  private static final Pattern SECONDS =
      Pattern.compile("\\+?(\\.[0-9]+|[0-9]+\\.?[0-9]*)([eE][-+]?[0-9]{1,3})?");

  private final Path file;
  private final int edges;
  private double[] seconds = new double[1024];
  private int[] edge = new int[1024];
  private int size;

  private RecordedArrivals(Path file, int edges) {
    this.file = file;
    this.edges = edges;
  }

  /**
   * Reads all of them.
   *
   * @param edges number of edges that tasks can be for
   * @throws UsageError if the file cannot be read, has no arrivals, or a line is not understood:
   *     names file and line
   */
  public static RecordedArrivals read(Path file, int edges) {
    RecordedArrivals all = new RecordedArrivals(file, edges);
    if (Files.isDirectory(file)) {
      throw new UsageError(
          "arrival trace '%s' is a folder: name a file with a line 'SECONDS[,EDGE]' per task"
              .formatted(file));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      all.read(in);
    } catch (NoSuchFileException e) {
      throw new UsageError(
          "there is no arrival trace '%s': name a file with a line 'SECONDS[,EDGE]' per task"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new UsageError(
          "arrival trace '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    if (all.size == 0) {
      throw new UsageError(
          "arrival trace '%s' has no arrivals: write a line 'SECONDS[,EDGE]' per task"
              .formatted(file));
    }
    return all;
  }

  private void read(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int number = 1;
    int before = '\n';
    for (int b = in.read(); b >= 0; before = b, b = in.read()) {
      if (b == '\n' && before == '\r') {
        continue;
      }
      if (b == '\n' || b == '\r') {
        take(number++, line.toByteArray());
        line.reset();
      } else if (line.size() == MOST_BYTES_PER_LINE) {
        throw bad(number, text(number, line.toByteArray()), FORM);
      } else {
        line.write(b);
      }
    }
    take(number, line.toByteArray());
  }

  private String text(int number, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UsageError(
          String.format(Locale.ROOT, "%s, line %d is not UTF-8: save it as UTF-8", file, number),
          e);
    }
  }

  private void take(int number, byte[] bytes) {
    String text = text(number, bytes).strip();
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    int comma = text.indexOf(',');
    String time = (comma < 0 ? text : text.substring(0, comma)).strip();
    if (!SECONDS.matcher(time).matches()) {
      throw bad(number, text, FORM + ", with a point in a number and a comma before the edge");
    }
    double at = Double.parseDouble(time);
    double last = size == 0 ? 0 : seconds[size - 1];
    if (at > LATEST) {
      throw bad(number, text, "expected %s s or earlier".formatted(LATEST));
    }
    if (at < last) {
      throw bad(
          number, text, "expected %s s or later, because times do not go back".formatted(last));
    }
    if (size == MOST_ARRIVALS) {
      throw bad(
          number, text, String.format(Locale.ROOT, "expected at most %d arrivals", MOST_ARRIVALS));
    }
    if (size == seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * size);
      edge = Arrays.copyOf(edge, 2 * size);
    }
    seconds[size] = at;
    edge[size++] = comma < 0 ? 0 : edge(number, text, text.substring(comma + 1).strip());
  }

  private int edge(int number, String text, String field) {
    if (field.matches("[0-9]{1,9}")) {
      int index = Integer.parseInt(field);
      if (index >= 1 && index <= edges) {
        return index;
      }
    }
    throw bad(
        number,
        text,
        String.format(
            Locale.ROOT,
            "expected an edge between 1 and %d after the comma; decimals are written with a point",
            edges));
  }

  private UsageError bad(int number, String text, String expected) {
    String shown =
        (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...")
            .replaceAll("\\p{Cntrl}", "?");
    return new UsageError(
        String.format(Locale.ROOT, "%s, line %d: '%s': %s", file, number, shown, expected));
  }

  /** Number of arrivals, at least 1. */
  public int size() {
    return size;
  }

  /** Seconds since the start of the stream. */
  double seconds(int i) {
    return seconds[i];
  }

  /** Number of the edge that it is for; 0 where it does not say. */
  int edge(int i) {
    return edge[i];
  }
}
