package io.offloadlab.bench;

import io.offloadlab.failure.RunFailure;
import io.offloadlab.failure.UsageError;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command with the exit codes and one-line errors that every tool keeps to. */
final class CommandLines {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** System property with the launcher's name; for a strategy's tool that is the strategy's. */
  static final String TOOL = "offloadlab.tool";

  private static final Logger LOG = LoggerFactory.getLogger(CommandLines.class);

  private CommandLines() {}

  /**
   * Parses and runs.
   *
   * @param command a picocli command
   * @param args the words after the tool's name
   * @return the exit code
   */
  static int run(Object command, String... args) {
    return line(command).execute(args);
  }

  /** The command with its exit codes and errors, ready to be executed. */
  static CommandLine line(Object command) {
    CommandLine line = new CommandLine(command);
    String launcher = System.getProperty(TOOL);
    if (launcher != null) {
      line.setCommandName(launcher);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((e, words) -> usage(e));
    line.setExecutionExceptionHandler((e, failed, parsed) -> failure(e, failed));
    return line;
  }

  private static int usage(ParameterException e) {
    CommandLine failed = e.getCommandLine();
    String message = e.getMessage().lines().findFirst().orElse("wrong usage");
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      message += near.isEmpty() ? "" : " (did you mean %s?)".formatted(String.join(" or ", near));
    }
    print(failed, "%s; see %s --help".formatted(message, failed.getCommandSpec().qualifiedName()));
    return USAGE;
  }

  private static int failure(Exception e, CommandLine failed) {
    Throwable known = e;
    while (known != null && !(known instanceof RunFailure || known instanceof UsageError)) {
      known = known.getCause();
    }
    if (known == null) {
      LOG.error("a defect of OffloadLab, please report it", e);
      return FAILED;
    }
    LOG.debug("failed", e);
    print(failed, known.getMessage());
    return known instanceof UsageError ? USAGE : FAILED;
  }

  private static void print(CommandLine failed, String message) {
    PrintWriter err = failed.getErr();
    err.println(failed.getCommandSpec().root().name() + ": " + message);
    err.flush();
  }
}
