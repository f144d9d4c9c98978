package dev.alta.app.command;

import dev.alta.core.life.CannotStartException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command line: all commands, and how they end. */
@Command(
    name = "alta",
    description = "Alta predicts hospital readmission, from raw encounters to a served model.",
    mixinStandardHelpOptions = true,
    version = "alta 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      ServeCommand.class,
      GatewayCommand.class,
      IngestCommand.class,
      PrepareCommand.class,
      TrainCommand.class,
      SplitCommand.class,
      ReportCommand.class,
      ScoreCommand.class,
      OutcomesCommand.class,
      RetrainCommand.class,
      RunsCommand.class,
      ModelsCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      FsckCommand.class,
      LogCommand.class,
      KubernetesCommand.class,
      GenerateCommand.class,
      SourceCommand.class
    },
    footer = {
      "",
      "A setting is a flag (--home DIR), an environment name (ALTA_HOME) or a line in"
          + " alta.properties in the current folder (home=DIR), in this order."
    })
public final class Alta {
  private static final int FAILED = 1;
  // As wide as the longest example, which one may want to copy.
  private static final int HELP_WIDTH = 110;

  private final Map<String, String> environment;
  private final Path folder;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param environment where {@code ALTA_…} names are read
   * @param folder where {@code alta.properties} is looked for
   */
  public Alta(Map<String, String> environment, Path folder, PrintWriter out, PrintWriter err) {
    this.environment = environment;
    this.folder = folder;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs one command.
   *
   * @return 0 done, 1 failed, 2 wrong usage
   */
  public int run(String... args) {
    CommandLine line = line();
    try {
      line.setDefaultValueProvider(Settings.read(line, environment, folder));
    } catch (IllegalArgumentException wrong) {
      err.println("alta: " + wrong.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    if (args.length == 0) {
      line.usage(out);
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(args);
  }

  /** All commands, before their settings are read. */
  CommandLine line() {
    CommandLine line = new CommandLine(this);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setOut(out);
    line.setErr(err);
    line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure));
    line.setParameterExceptionHandler(
        (wrong, arguments) -> {
          CommandLine command = wrong.getCommandLine();
          err.println("alta: " + wrong.getMessage());
          err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
          return CommandLine.ExitCode.USAGE;
        });
    return line;
  }

  /**
   * Reads a command's settings: one that cannot be is wrong usage, whoever finds that out.
   *
   * @throws ParameterException if it is an {@link IllegalArgumentException} or {@link
   *     CannotStartException} that is thrown
   */
  static <T> T settings(CommandSpec spec, Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException | CannotStartException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  /** One line for people; what the program knows beyond that goes to the log. */
  private int failed(Exception failure) {
    logger().error("Failed", failure);
    String message = failure.getMessage();
    err.println("alta: " + (message == null ? failure.getClass().getSimpleName() : message));
    return FAILED;
  }

  // Not a field: a logger that is made before a command has said where the log is would write
  // elsewhere.
  private static Logger logger() {
    return LoggerFactory.getLogger(Alta.class);
  }
}
