package dev.alta.pipelines.job;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.proto.v1.Encounter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The program for a Flink cluster: submitted by {@code flink run}, by Flink's REST or as an
 * application. It throws what fails and never ends the process, which may be the cluster's.
 */
public final class Jobs {
  private static final List<Job<?>> JOBS =
      List.of(new IngestJob(), new PrepareJob(), new ScoreJob());

  private Jobs() {}

  /**
   * Runs one job.
   *
   * @param args {@code JOB --option=value…}, or {@code --help}, or {@code JOB --help}
   */
  public static void main(String[] args) {
    run(
        args,
        System.getenv(),
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        FlinkSettings::submitted);
  }

  /** Where a job is to run, asked only when one is. */
  @FunctionalInterface
  interface Where {
    FlinkSettings flink();
  }

  static void run(String[] args, Map<String, String> environment, PrintStream out, Where where) {
    List<String> all = Arrays.asList(args);
    Optional<Job<?>> job =
        JOBS.stream().filter(known -> !all.isEmpty() && known.name().equals(all.get(0))).findAny();
    if (all.contains("--help")) {
      List<Job<?>> asked = job.<List<Job<?>>>map(List::of).orElse(JOBS);
      out.println(asked.stream().map(JobArguments::help).collect(Collectors.joining("\n")));
      return;
    }
    if (job.isEmpty()) {
      String names = JOBS.stream().map(Job::name).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          "job: "
              + (all.isEmpty() ? "none" : all.get(0))
              + " (expected: one of "
              + names
              + " and then its options; --help lists them)");
    }
    run(job.get(), all.subList(1, all.size()), environment, where);
  }

  private static <O extends PipelineOptions> void run(
      Job<O> job, List<String> args, Map<String, String> environment, Where where) {
    O options = JobArguments.read(job.options(), args);
    Places.addSecrets(options.as(DatabaseOptions.class), environment);
    FlinkPipelineOptions beam = options.as(FlinkPipelineOptions.class);
    FlinkSettings flink = where.flink();
    if (beam.getParallelism() > 0) {
      flink = flink.withParallelism(beam.getParallelism());
    }
    if (!beam.getAttachedMode()) {
      flink = flink.detached();
    }
    job.run(options, Contract.of(Encounter.getDescriptor()), flink);
  }
}
