package dev.alta.loadtest.scorer;

import dev.alta.model.bundle.Explainer;
import dev.alta.model.bundle.Predictor;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.PredictRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures what a prediction leaves in the spool, in the database and in its journal, how fast the
 * spool empties, and what a model takes in memory; prints a line for each. Arguments: an empty
 * folder, predictions, trees (see {@link BenchModel}), options of the scorer's JVM.
 */
public final class Footprint {
  private static final int ROWS = 1_024;
  private static final int WARM = 20_000;
  private static final int CONNECTIONS = 4;
  // What the log's writer takes in at once without losing any.
  private static final int PORTION = 10_000;
  private static final int MODELS = 20;

  private final BenchRows rows = BenchRows.generate(ROWS);

  private Footprint() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<String> options = List.of(arguments).subList(3, arguments.length);
    Footprint footprint = new Footprint();
    footprint.messages();
    try (Servers servers = new Servers(folder, options, footprint.rows, arguments[2])) {
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      footprint.log(servers, folder, Integer.parseInt(arguments[1]));
    }
    footprint.model(arguments[2]);
  }

  private void messages() {
    double bytes =
        rows.encounters().stream()
            .mapToInt(
                row -> PredictRequest.newBuilder().setEncounter(row).build().getSerializedSize())
            .average()
            .orElseThrow();
    print("message of a Predict: %.0f bytes", bytes);
  }

  private void log(Servers servers, Path folder, int predictions) throws Exception {
    Child scorer = servers.scorer(true);
    try (RowClient client = new RowClient(scorer.port(), CONNECTIONS, rows.encounters());
        Connection connection = servers.connect()) {
      LogTable table = new LogTable(connection);
      client.streams(WARM / CONNECTIONS);
      table.awaitRows(WARM);
      LogTable.Sizes before = table.sizes();
      // Nothing leaves the spool while the table is taken.
      table.take();
      long spool = spool(folder);
      for (int sent = 0; sent < predictions; sent += PORTION) {
        client.streams(PORTION / CONNECTIONS);
        Settled.size(() -> spool(folder));
      }
      long spooled = spool(folder) - spool;
      long start = System.nanoTime();
      table.release();
      table.awaitRows(WARM + predictions);
      double seconds = (System.nanoTime() - start) / 1e9;
      LogTable.Sizes after = table.sizes();
      print("predictions: %,d", predictions);
      print("spool: %.0f bytes a prediction", (double) spooled / predictions);
      print("table: %.0f bytes", (double) (after.table() - before.table()) / predictions);
      print("indexes: %.0f bytes", (double) (after.indexes() - before.indexes()) / predictions);
      print("journal: %.0f bytes", (double) (after.journal() - before.journal()) / predictions);
      print("drain: %,.0f predictions/s", predictions / seconds);
    }
  }

  private static long spool(Path folder) {
    try (Stream<Path> files = Files.walk(folder.resolve("spool"))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** As the scorer holds it: trees to score by, and to explain each class by. */
  private void model(String trees) {
    Model model = BenchModel.of(rows, trees).model();
    List<Object> held = new ArrayList<>();
    long before = used();
    for (int i = 0; i < MODELS; i++) {
      held.add(Predictor.of(BenchRows.CONTRACT, model));
    }
    long scoring = used();
    for (int i = 0; i < MODELS; i++) {
      held.add(Explainer.ofAll(BenchRows.CONTRACT, model));
    }
    long explaining = used();
    print(
        "model: %d trees, %d kB stored; in memory %d kB to score, %d kB to explain (%d of each)",
        model.getForest().getTreeRootCount(),
        model.getSerializedSize() / 1_000,
        (scoring - before) / MODELS / 1_000,
        (explaining - scoring) / MODELS / 1_000,
        held.size() / 2);
  }

  private static long used() {
    ManagementFactory.getMemoryMXBean().gc();
    ManagementFactory.getMemoryMXBean().gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
