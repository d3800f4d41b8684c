package io.offloadlab.bench;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import io.offloadlab.progress.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command with the exit codes and one-line errors that every tool keeps to. */
final class CommandLines {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** System property with the launcher's name; for a strategy's tool that is the strategy's. */
  static final String TOOL = "offloadlab.tool";

  private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

  /** Java's names of types in picocli's messages, and what they are for people. */
  private static final Pattern TYPE =
      Pattern.compile("is not an? (int|long|double|float|boolean)$");

  /** What follows a value that cannot be converted: the class, and the exception with its words. */
  private static final Pattern OF_JAVA =
      Pattern.compile(" to (?:interface|class) [\\w.]+ \\([\\w.]+: (.*)\\)$");

  private static final Pattern NO_PAIR =
      Pattern.compile("Value for option option ('[^']+') \\((.+)\\) should be .* but was (.*)$");

  private static final Pattern CHOICE =
      Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'$");

  private CommandLines() {}

  /** Runs a tool and ends the process with its exit code. */
  static void main(Object command, String... args) {
    // For libraries that ask for no other: numbers in charts and files never depend on the place.
    Locale.setDefault(Locale.ROOT);
    StandardOutput out = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(out.stream());
    int code = run(command, args);
    Optional<String> loss = out.loss();
    if (loss.isPresent()) {
      if (!StandardOutput.isChosen(loss.get())) {
        System.err.println(
            "%s: standard output cannot be written to: %s".formatted(name(command), loss.get()));
      }
      code = code == DONE ? FAILED : code;
    }
    System.exit(code);
  }

  /**
   * Parses and runs.
   *
   * @param command a picocli command
   * @param args the words after the tool's name
   * @return the exit code
   */
  static int run(Object command, String... args) {
    CommandLine line = line(command);
    line.setOut(new PrintWriter(new OutputStreamWriter(System.out, Terminal.charset()), true));
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return outOfMemory(e, line);
    }
  }

  /** The command with its exit codes and errors, ready to be executed. */
  static CommandLine line(Object command) {
    CommandLine line = new CommandLine(command);
    String launcher = System.getProperty(TOOL);
    if (launcher != null) {
      line.setCommandName(launcher);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.registerConverter(Path.class, CommandLines::path);
    line.setParameterExceptionHandler((e, words) -> usage(e, List.of(words)));
    line.setExecutionExceptionHandler(
        (e, failed, parsed) -> failure(e, failed, parsed.originalArgs()));
    return line;
  }

  /** An empty text would be the folder where the user is. */
  private static Path path(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("'' is no file or folder: name one, or leave it out");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "cannot convert '%s' to a file or folder: %s".formatted(text, e.getReason()));
    }
  }

  private static String name(Object command) {
    return line(command).getCommandName();
  }

  private static int usage(ParameterException e, List<String> words) {
    CommandLine failed = e.getCommandLine();
    String message = inPlainWords(e.getMessage().lines().findFirst().orElse("wrong usage"));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      message += near.isEmpty() ? "" : " (did you mean %s?)".formatted(String.join(" or ", near));
    }
    print(
        failed,
        words,
        "%s; see %s --help".formatted(message, failed.getCommandSpec().qualifiedName()));
    return USAGE;
  }

  private static String inPlainWords(String picocli) {
    String message = OF_JAVA.matcher(picocli.replaceFirst("^Error: ", "")).replaceFirst(": $1");
    Matcher pair = NO_PAIR.matcher(message);
    if (pair.find()) {
      return pair.replaceFirst("option $1 is $2, not '$3'");
    }
    Matcher choice = CHOICE.matcher(message);
    if (choice.find()) {
      String choices = choice.group(1).toLowerCase(Locale.ROOT).replace(", ", " or ");
      return choice.replaceFirst(
          Matcher.quoteReplacement("expected %s, not '%s'".formatted(choices, choice.group(2))));
    }
    Matcher type = TYPE.matcher(message);
    return type.find()
        ? type.replaceFirst(
            switch (type.group(1)) {
              case "int" -> "is not a whole number of at most " + Integer.MAX_VALUE;
              case "long" -> "is not a whole number of at most " + Long.MAX_VALUE;
              case "boolean" -> "is not true or false";
              default -> "is not a number";
            })
        : message;
  }

  private static int failure(Exception e, CommandLine failed, List<String> words) {
    Throwable known = e;
    while (known != null
        && !(known instanceof RunFailure
            || known instanceof UsageError
            || known instanceof OutOfMemoryError)) {
      known = known.getCause();
    }
    if (known instanceof OutOfMemoryError) {
      return outOfMemory(known, failed);
    }
    if (known == null) {
      LOG.error("a defect of OffloadLab, please report it", e);
      return FAILED;
    }
    LOG.debug("failed", e);
    print(failed, words, known.getMessage());
    return known instanceof UsageError ? USAGE : FAILED;
  }

  private static int outOfMemory(Throwable e, CommandLine failed) {
    LOG.debug("failed", e);
    long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
    print(
        failed,
        List.of(),
        String.format(
            Locale.ROOT,
            "the memory of %d MiB that Java may take is used up: give it more, as in OFFLOADLAB_JAVA_OPTS=-Xmx%dm, or run fewer tasks, edges or images at once",
            mebibytes,
            Math.max(1024, 2 * mebibytes)));
    return FAILED;
  }

  private static void print(CommandLine failed, List<String> words, String message) {
    PrintWriter err = failed.getErr();
    err.println(failed.getCommandSpec().root().name() + ": " + asTyped(message, failed, words));
    err.flush();
  }

  /** Names options in a message as the user did, where they have several names. */
  private static String asTyped(String message, CommandLine failed, List<String> words) {
    String said = message;
    for (OptionSpec option : failed.getCommandSpec().options()) {
      List<String> names = Arrays.asList(option.names());
      Optional<String> typed =
          names.stream().filter(n -> words.stream().anyMatch(w -> isNamed(n, w))).findFirst();
      if (typed.isPresent()) {
        for (String name : names) {
          said =
              said.replaceAll(
                  "(?<![\\w-])%s(?![\\w-])".formatted(Pattern.quote(name)),
                  Matcher.quoteReplacement(typed.get()));
        }
      }
    }
    return said;
  }

  private static boolean isNamed(String option, String word) {
    boolean isShort = option.length() == 2;
    return word.equals(option) || word.startsWith(isShort ? option : option + "=");
  }
}
