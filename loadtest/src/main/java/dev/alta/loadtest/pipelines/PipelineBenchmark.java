package dev.alta.loadtest.pipelines;

import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.flink.FlinkJob;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.score.Score;
import dev.alta.pipelines.score.ScoreSettings;
import dev.alta.training.Training;
import dev.alta.training.TrainingSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import org.apache.beam.sdk.transforms.Create;

/**
 * Measures ingest, rerun, prepare and scoring as ratios to {@code psql \copy}, interleaved with it.
 *
 * <pre>
 * PipelineBenchmark speed   URL USER FOLDER SMALL_FILE FILE ROWS
 * PipelineBenchmark growth  URL USER FOLDER SMALL_FILE FILE ROWS [FILE ROWS …]
 * PipelineBenchmark startup URL USER FOLDER FILE
 * </pre>
 *
 * The small file is for warming up. The database is emptied.
 */
public final class PipelineBenchmark {
  private static final int ROUNDS = 3;
  private static final long MAIN = System.currentTimeMillis();

  private final Bench bench;
  private final DatabaseSettings database;
  private final Path folder;

  private PipelineBenchmark(String[] arguments) {
    this.database = new DatabaseSettings(arguments[1], arguments[2], "");
    this.bench = new Bench(database);
    this.folder = Path.of(arguments[3]);
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    PipelineBenchmark benchmark = new PipelineBenchmark(arguments);
    switch (arguments[0]) {
      case "speed" ->
          benchmark.speed(
              Path.of(arguments[4]), Path.of(arguments[5]), Long.parseLong(arguments[6]));
      case "growth" -> benchmark.growth(Arrays.copyOfRange(arguments, 4, arguments.length));
      case "startup" -> benchmark.startup(Path.of(arguments[4]));
      default -> throw new IllegalArgumentException("mode: " + arguments[0]);
    }
  }

  private void speed(Path small, Path file, long rows) throws Exception {
    double ingestStart = warmUp(small);
    double[] copy = new double[ROUNDS];
    double[] ingest = new double[ROUNDS];
    double[] rerun = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      copy[round] = bench.copyIn(file);
      ingest[round] = bench.ingest(file);
      rerun[round] = bench.ingestAgain(file);
    }
    say("`psql \\copy` of %,d rows into raw_data: %s s", rows, all(copy));
    say("ingest: %s s, of which %.1f s the start of a Flink job", all(ingest), ingestStart);
    say("| ingest, speed to `\\copy`, start included | %.2f |", median(copy) / median(ingest));
    say(
        "| ingest, speed to `\\copy`, steady state | %.2f |",
        median(copy) / (median(ingest) - ingestStart));
    say("rerun: %s s", all(rerun));
    say("| rerun, time to the first run | %.1f%% |", 100 * median(rerun) / median(ingest));
    prepare(rows);
    score(small, file, rows, median(ingest));
  }

  private void prepare(long rows) throws Exception {
    double[] copy = new double[ROUNDS];
    double[] prepare = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      copy[round] = bench.copyOutAndIn(folder.resolve("copied.txt"));
      prepare[round] = bench.prepare();
    }
    say("`psql \\copy` of %,d rows out and in: %s s", rows, all(copy));
    say("prepare: %s s", all(prepare));
    say("| prepare, time to `\\copy` out and in | %.2f |", median(prepare) / median(copy));
  }

  /** Scores by a champion that was trained on the small file; only its size matters here. */
  private void score(Path small, Path file, long rows, double ingestSeconds) throws Exception {
    Path objects = Files.createDirectories(folder.resolve("objects"));
    try (S3Endpoint endpoint = S3Endpoint.start(objects)) {
      StoreSettings store =
          new StoreSettings(endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "alta");
      Registry registry = new Registry(ObjectStore.open(store), "readmission", Clock.systemUTC());
      bench.ingest(small);
      bench.prepare();
      int trees = train(registry);
      ScoreSettings settings =
          ScoreSettings.of(
              store, "readmission", file.toString(), folder.resolve("scores.csv").toString());
      double[] plain = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        plain[round] = Bench.seconds(() -> Score.run(settings, Bench.CONTRACT, Progress.UNWATCHED));
      }
      say("scoring of %,d rows by %d trees: %s s", rows, trees, all(plain));
      say("| scoring, time to ingest | %.2f |", median(plain) / ingestSeconds);
    }
  }

  private int train(Registry registry) throws InterruptedException {
    try (Database open = Database.open(database, Bench.CONTRACT)) {
      return new Training(Bench.CONTRACT, open.cleanData(), registry)
          .train(TrainingSettings.standard(1, "benchmark"), Progress.UNWATCHED)
          .versions()
          .get(0)
          .trees();
    }
  }

  private void growth(String[] files) throws Exception {
    warmUp(Path.of(files[0]));
    say("heap %d MiB for everything", Runtime.getRuntime().maxMemory() >> 20);
    say("| rows | ingest s | µs a row | prepare s | µs a row | peak memory MiB |");
    say("|---|---|---|---|---|---|");
    for (int i = 1; i < files.length; i += 2) {
      Path file = Path.of(files[i]);
      double rows = Long.parseLong(files[i + 1]);
      double ingest = bench.ingest(file);
      double prepare = bench.prepare();
      say(
          "| %,.0f | %.1f | %.2f | %.1f | %.2f | %d |",
          rows, ingest, 1e6 * ingest / rows, prepare, 1e6 * prepare / rows, peakMemory());
    }
  }

  private void startup(Path file) throws Exception {
    double jvm = (MAIN - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
    bench.reset();
    double cold = flinkJob();
    double warm = flinkJob();
    double ingest = bench.ingestAgain(file);
    double prepare = bench.prepare();
    say("JVM to main: %.1f s", jvm);
    say("Flink, a first job that does nothing: %.1f s; each further one: %.1f s", cold, warm);
    say(
        "ingest %.1f s + prepare %.1f s, of which work (without starting two jobs): %.1f s",
        ingest, prepare, ingest + prepare - 2 * warm);
    say("in all, in one process: %.1f s", jvm + cold - warm + ingest + prepare);
  }

  /** How long an ingest of few rows takes once all classes are loaded and hot: mostly the start. */
  private double warmUp(Path small) throws Exception {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      least = Math.min(least, bench.ingest(small));
      bench.prepare();
    }
    return Math.min(least, flinkJob());
  }

  private static double flinkJob() {
    return Bench.seconds(
        () ->
            FlinkJob.run(
                "nothing",
                new FlinkSettings(FlinkSettings.LOCAL, 2),
                pipeline -> pipeline.apply("One", Create.of(1))));
  }

  private static long peakMemory() throws java.io.IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
        .findFirst()
        .orElse(-1);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String all(double[] values) {
    StringBuilder text = new StringBuilder();
    for (double value : values) {
      text.append(text.isEmpty() ? "" : ", ").append(String.format(Locale.ROOT, "%.2f", value));
    }
    return text.toString();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
