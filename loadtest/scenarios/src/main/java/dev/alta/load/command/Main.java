package dev.alta.load.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Starts the command. */
public final class Main {
  private static final int FAILED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments));
  }

  /**
   * Runs it.
   *
   * @return 0 done and all thresholds met, 1 failed or one not met, 2 wrong usage
   */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    CommandLine line = new CommandLine(new RunCommand());
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String message = failure.getMessage();
          err.println("loadtest: " + (message == null ? failure.toString() : message));
          return FAILED;
        });
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          err.println("loadtest: " + wrong.getMessage());
          err.println("Try: loadtest/run --help");
          return CommandLine.ExitCode.USAGE;
        });
    return line.execute(arguments);
  }
}
