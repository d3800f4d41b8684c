package io.offloadlab.bench;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What folders are called that nobody named: after what is in them and when it began. */
final class FreshFolder {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private FreshFolder() {}

  /** Such as {@code runs/sweep-20261127-021500}, of now. */
  static Path of(String content) {
    return of(content, ZonedDateTime.now(ZoneId.systemDefault()));
  }

  /** The same of some time. */
  static Path of(String content, ZonedDateTime began) {
    return Path.of("runs", content + "-" + began.format(TIME));
  }
}
