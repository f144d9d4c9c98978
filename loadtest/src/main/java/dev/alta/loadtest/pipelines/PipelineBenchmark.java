package dev.alta.loadtest.pipelines;

import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
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

/**
 * Measures the pipelines, alone or in turn with others; see {@link Turns}.
 *
 * <pre>
 * PipelineBenchmark turns   URL USER FOLDER
 * PipelineBenchmark scoring URL USER FOLDER SMALL_FILE FILE ROWS
 * PipelineBenchmark sizes   URL USER FOLDER FILE ROWS
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
      case "turns" -> new Turns(benchmark.bench, benchmark.folder).take();
      case "scoring" ->
          benchmark.scoring(
              Path.of(arguments[4]), Path.of(arguments[5]), Long.parseLong(arguments[6]));
      case "sizes" -> benchmark.sizes(Path.of(arguments[4]), Long.parseLong(arguments[5]));
      case "growth" -> benchmark.growth(Arrays.copyOfRange(arguments, 4, arguments.length));
      case "startup" -> benchmark.startup(Path.of(arguments[4]));
      default -> throw new IllegalArgumentException("mode: " + arguments[0]);
    }
  }

  /** Scoring beside the ingest of the same rows. */
  private void scoring(Path small, Path file, long rows) throws Exception {
    warmUp(small);
    double[] ingest = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      ingest[round] = bench.ingest(file);
    }
    say("ingest: %s s", all(ingest));
    score(small, file, rows, median(ingest));
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
          rows, ingest, 1e6 * ingest / rows, prepare, 1e6 * prepare / rows, Turns.peakMemory());
    }
  }

  /**
   * What a row takes on disk, indexes included; clean_data is there once, as after a first start.
   */
  private void sizes(Path file, long rows) throws Exception {
    bench.ingest(file);
    bench.prepare();
    say("file: %.0f bytes a row", (double) Files.size(file) / rows);
    say("raw_data: %.0f bytes a row", bench.bytes("raw_data") / rows);
    say("clean_data: %.0f bytes a row", bench.bytes("clean_data") / rows);
    say("the whole database: %.0f bytes a row", bench.bytesOfAll() / rows);
  }

  private void startup(Path file) throws Exception {
    double jvm = (MAIN - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
    bench.reset();
    double cold = Bench.emptyJob();
    double warm = Bench.emptyJob();
    double ingest = bench.ingestAgain(file);
    double prepare = bench.prepare();
    say("JVM to main: %.1f s", jvm);
    say("Flink, a first job that does nothing: %.1f s; each further one: %.1f s", cold, warm);
    say(
        "ingest %.1f s + prepare %.1f s, of which work (without starting two jobs): %.1f s",
        ingest, prepare, ingest + prepare - 2 * warm);
    say("in all, in one process: %.1f s", jvm + cold - warm + ingest + prepare);
  }

  private void warmUp(Path small) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      bench.ingest(small);
      bench.prepare();
    }
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
