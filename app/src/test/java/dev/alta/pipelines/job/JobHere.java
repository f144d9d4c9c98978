package dev.alta.pipelines.job;

import dev.alta.pipelines.flink.FlinkSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The program of the job jar, on a Flink in this process. */
public final class JobHere {
  private JobHere() {}

  /** Runs a job to its end. */
  public static void run(List<String> args, Map<String, String> environment) {
    Jobs.run(
        args.toArray(String[]::new),
        environment,
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
        FlinkSettings::local);
  }
}
