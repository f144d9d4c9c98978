package dev.alta.loadtest.training;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.database.Database;
import dev.alta.database.DatabaseSettings;
import dev.alta.embedded.PostgresServer;
import dev.alta.embedded.PostgresSettings;
import dev.alta.embedded.S3Endpoint;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoreSettings;
import dev.alta.proto.v1.CurvePoint;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.Trial;
import dev.alta.training.Training;
import dev.alta.training.TrainingSettings;
import dev.alta.training.dataset.FeatureChoice;
import dev.alta.training.dataset.RowSource;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.dataset.Vectors;
import dev.alta.training.search.FeatureLevel;
import dev.alta.training.search.Objective;
import dev.alta.training.search.Search;
import dev.alta.training.search.SearchBudget;
import dev.alta.training.search.SearchData;
import dev.alta.training.search.SearchSettings;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Runs one of the benchmarks; {@code loadtest/training} says which there are. */
public final class TrainingBenchmark {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  // As many as fit into about the time in which the peer has tried 30.
  private static final int TRIALS = 1_000;
  private static final Duration TIME = Duration.ofMinutes(2);
  private static final int AT_A_TIME = 2;

  private TrainingBenchmark() {}

  /**
   * {@code vectors FOLDER HOME}, {@code search HOME SEED}, {@code sides FOLDER HOME} or {@code
   * memory FOLDER ROWS}.
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[1]);
    switch (args[0]) {
      case "vectors" -> withRows(Path.of(args[2]), rows -> vectors(folder, rows));
      case "search" -> withRows(folder, rows -> search(rows, Long.parseLong(args[2])));
      case "sides" -> withRows(Path.of(args[2]), rows -> sides(folder, rows));
      default -> memory(folder, Integer.parseInt(args[2]));
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(RowSource rows) throws IOException, InterruptedException;
  }

  /** Does something with the rows of a home that no other process has. */
  private static void withRows(Path home, Work work) throws IOException, InterruptedException {
    PostgresServer postgres =
        PostgresServer.start(
            PostgresSettings.in(home.resolve("postgres"))
                .withBinariesIn(home.resolve("postgres-binaries")));
    try (Database open =
        Database.open(
            new DatabaseSettings(postgres.url(), postgres.user(), postgres.password()), CONTRACT)) {
      work.on(each -> open.cleanData().read(each).number());
    } finally {
      postgres.close();
    }
  }

  /** Writes on which side each encounter is, for the peer. */
  private static void sides(Path folder, RowSource rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("encounter_id,dataset"));
    rows.read((side, row) -> lines.add(row.whole(CONTRACT.key()) + "," + side.label()));
    Files.write(folder.resolve("sides.csv"), lines);
  }

  /** Writes the vectors of each side and their length, for the peer. */
  private static void vectors(Path folder, RowSource rows)
      throws IOException, InterruptedException {
    TrainingData data = read(rows);
    FeatureChoice features = searched(data).choose(new FeatureLevel(2, 300));
    Files.writeString(folder.resolve("features"), Integer.toString(features.encoder().size()));
    for (Side side : Side.values()) {
      write(folder.resolve(side.label()), data.vectors(side).only(features));
    }
  }

  private static TrainingData read(RowSource rows) throws IOException, InterruptedException {
    return TrainingData.read(CONTRACT, rows, FeatureLevel.FINEST_MIN_ROWS, Progress.UNWATCHED);
  }

  private static SearchData searched(TrainingData data) {
    return new SearchData(
        CONTRACT, data.encoder(), data.vectors(Side.TRAIN), data.vectors(Side.VALIDATION));
  }

  /** Searches, and prints after how many seconds the validation rows had which mean AUROC. */
  private static void search(RowSource rows, long seed) throws IOException, InterruptedException {
    SearchData searched = searched(read(rows));
    long start = System.nanoTime();
    SearchRecord record =
        new Search(
                searched,
                SearchSettings.standard(seed)
                    .withObjectives(List.of(Objective.MEAN_AUROC))
                    .withBudget(new SearchBudget(TRIALS, TIME)))
            .run(Progress.UNWATCHED)
            .get(0)
            .record();
    double seconds = (System.nanoTime() - start) / 1e9;
    double best = 0;
    double clock = 0;
    for (int i = 0; i < record.getTrialsCount(); i += AT_A_TIME) {
      // They run side by side: both are there when the longer one is.
      List<Trial> pair =
          record.getTrialsList().subList(i, Math.min(i + AT_A_TIME, record.getTrialsCount()));
      clock += pair.stream().mapToDouble(Trial::getSeconds).max().orElseThrow();
      for (Trial trial : pair) {
        best =
            Math.max(
                best,
                trial.getCurveList().stream().mapToDouble(CurvePoint::getValue).max().orElse(0));
      }
      System.out.printf(Locale.ROOT, "alta %.2f %.5f%n", clock, best);
    }
    System.out.printf(Locale.ROOT, "alta all %.2f%n", seconds);
  }

  /** Row by row, class and vector as little-endian 32-bit floats. */
  private static void write(Path file, Vectors rows) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      ByteBuffer bytes =
          ByteBuffer.allocate(4 * (1 + rows.features())).order(ByteOrder.LITTLE_ENDIAN);
      float[] vector = new float[rows.features()];
      for (int row = 0; row < rows.rows(); row++) {
        rows.copy(row, vector);
        bytes.clear();
        bytes.putFloat(rows.actualClass(row));
        for (float value : vector) {
          bytes.putFloat(value);
        }
        out.write(bytes.array());
      }
    }
  }

  /**
   * Trains on so many rows, generated anew each time they are read, so that none is held as one.
   */
  private static void memory(Path folder, int trainingRows) throws Exception {
    S3Endpoint endpoint = S3Endpoint.start(folder.resolve("store"));
    try (ObjectStore store =
        ObjectStore.open(
            new StoreSettings(
                endpoint.url(), endpoint.accessKey(), endpoint.secretKey(), "benchmark"))) {
      long start = System.nanoTime();
      new Training(
              CONTRACT,
              each -> generate(trainingRows, each),
              new Registry(store, "readmission", Clock.systemUTC()))
          .train(
              TrainingSettings.standard(1, "benchmark").withHighestAuroc(0.95),
              (unit, done, total) -> {});
      System.out.printf(
          Locale.ROOT,
          "%,d training rows: %.0f s in a heap of %,d MiB%n",
          trainingRows,
          (System.nanoTime() - start) / 1e9,
          Runtime.getRuntime().maxMemory() >> 20);
    } finally {
      endpoint.close();
    }
  }

  private static long generate(int trainingRows, BiConsumer<Side, Row> each) {
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), 1);
    Cleaner cleaner = new Cleaner(CONTRACT);
    int training = 0;
    while (training < trainingRows) {
      if (cleaner.clean(generator.next()) instanceof Cleaned.Kept kept) {
        long place = kept.row().whole(CONTRACT.patient()) % 5;
        Side side = place < 3 ? Side.TRAIN : place == 3 ? Side.VALIDATION : Side.TEST;
        training += side == Side.TRAIN ? 1 : 0;
        each.accept(side, kept.row());
      }
    }
    return 1;
  }
}
