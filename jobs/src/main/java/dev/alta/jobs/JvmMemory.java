package dev.alta.jobs;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * Prints the options of the JVM of a JobManager or TaskManager, as Flink divides its memory: what
 * Flink's start scripts ask a program of its distribution, which Maven Central does not have.
 */
public final class JvmMemory {
  private static final String JOB_MANAGER = "jobmanager";
  private static final String TASK_MANAGER = "taskmanager";

  private JvmMemory() {}

  /**
   * Prints them, behind {@code JVM}.
   *
   * @param args the role, then what the role's program is given: settings as {@code -Dname=value}
   *     or {@code -D name=value}, others are passed over. The folder of the settings' file is in
   *     FLINK_CONF_DIR.
   */
  public static void main(String[] args) {
    String folder = System.getenv("FLINK_CONF_DIR");
    if (folder == null) {
      throw new IllegalArgumentException(
          "FLINK_CONF_DIR: not set (expected: the folder of Flink's settings)");
    }
    Configuration settings =
        GlobalConfiguration.loadConfiguration(
            folder, given(Arrays.copyOfRange(args, Math.min(1, args.length), args.length)));
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println("JVM " + options(args.length == 0 ? "" : args[0], settings));
  }

  /** The options of a role, separated by blanks. */
  static String options(String role, Configuration settings) {
    return switch (role) {
      case JOB_MANAGER ->
          JobManagerProcessUtils.generateJvmParametersStr(
              JobManagerProcessUtils.processSpecFromConfigWithNewOptionToInterpretLegacyHeap(
                  settings, JobManagerOptions.JVM_HEAP_MEMORY),
              settings);
      case TASK_MANAGER ->
          ProcessMemoryUtils.generateJvmParametersStr(
              TaskExecutorProcessUtils.processSpecFromConfig(settings));
      default ->
          throw new IllegalArgumentException(
              "role: " + role + " (expected: " + JOB_MANAGER + " or " + TASK_MANAGER + ")");
    };
  }

  /** Settings among a program's arguments. */
  static Configuration given(String... args) {
    Configuration settings = new Configuration();
    for (int i = 0; i < args.length; i++) {
      String pair = "";
      if (args[i].equals("-D") && i + 1 < args.length) {
        i++;
        pair = args[i];
      } else if (args[i].startsWith("-D")) {
        pair = args[i].substring(2);
      }
      int equals = pair.indexOf('=');
      if (equals > 0) {
        settings.setString(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return settings;
  }
}
