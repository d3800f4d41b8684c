package io.offloadlab.scenario;

import io.offloadlab.failure.UsageError;
import io.offloadlab.files.Reasons;
import io.offloadlab.strategy.LinkChanges;
import io.offloadlab.strategy.LinkChanges.Change;
import io.offloadlab.strategy.LinkSpec;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link as it was recorded: a text file in UTF-8 with a line {@code SECONDS,MBIT,RTT_MS} per
 * change, the rate in Mbit/s each way. Empty lines and lines that begin with {@code #} are skipped;
 * times ascend. The last line holds for the rest of the stream.
 */
final class LinkTrace {
  private static final int MOST_LINES = 100_000;
  private static final int MOST_BYTES = 16 << 20;
  private static final int SHOWN = 40;
  private static final double BYTES_PER_MBIT = 1e6 / 8;
  private static final String NUMBER = "\\s*([0-9]+\\.?[0-9]*(?:[eE][+-]?[0-9]{1,3})?)\\s*";
  private static final Pattern LINE = Pattern.compile(NUMBER + "," + NUMBER + "," + NUMBER);
  private static final String FORM = "expected SECONDS,MBIT,RTT_MS";

  private LinkTrace() {}

  /**
   * Reads all of it.
   *
   * @throws UsageError if it cannot be read, is empty, or a line is not understood: names file and
   *     line
   */
  static LinkChanges read(Path file) {
    List<Change> changes = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      Matcher m = LINE.matcher(text);
      if (!m.matches()) {
        throw bad(file, number, text, FORM);
      }
      Change change = change(file, number, text, m);
      if (!changes.isEmpty() && change.seconds() <= changes.get(changes.size() - 1).seconds()) {
        throw bad(file, number, text, "expected a later time than the line before");
      }
      changes.add(change);
      if (changes.size() > MOST_LINES) {
        throw bad(
            file, number, text, String.format(Locale.ROOT, "expected at most %d", MOST_LINES));
      }
    }
    if (changes.isEmpty()) {
      throw new UsageError(
          "link trace '%s' has no line: write lines SECONDS,MBIT,RTT_MS".formatted(file));
    }
    return new LinkChanges(changes);
  }

  private static Change change(Path file, int number, String text, Matcher m) {
    double rate = Double.parseDouble(m.group(2)) * BYTES_PER_MBIT;
    double rtt = Double.parseDouble(m.group(3)) / 1e3;
    if (!(rate >= LinkText.LEAST_RATE && rate <= LinkText.MOST_RATE) || rtt > LinkText.MOST_RTT) {
      throw bad(
          file,
          number,
          text,
          "expected a rate of %s to %s Mbit/s and a round trip of at most %s ms"
              .formatted(
                  LinkText.LEAST_RATE / BYTES_PER_MBIT,
                  LinkText.MOST_RATE / BYTES_PER_MBIT,
                  LinkText.MOST_RTT * 1e3));
    }
    return new Change(Double.parseDouble(m.group(1)), new LinkSpec(rate, rate, rtt));
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_BYTES) {
        throw new UsageError(
            String.format(
                Locale.ROOT, "link trace '%s' has more than %d MiB", file, MOST_BYTES >> 20));
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new UsageError("link trace '%s' is not UTF-8: save it as UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw new UsageError(
          "link trace '%s' cannot be read (%s): name a file of lines SECONDS,MBIT,RTT_MS"
              .formatted(file, Reasons.of(e)),
          e);
    }
  }

  private static UsageError bad(Path file, int number, String text, String expected) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return new UsageError(
        String.format(
            Locale.ROOT,
            "%s, line %d: '%s': %s",
            file,
            number,
            shown.replaceAll("\\p{Cntrl}", "?"),
            expected));
  }
}
