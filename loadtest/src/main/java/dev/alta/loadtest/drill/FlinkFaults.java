package dev.alta.loadtest.drill;

import dev.alta.database.DatabaseSettings;
import dev.alta.loadtest.storage.Storage;
import dev.alta.model.registry.StoreSettings;
import dev.alta.testing.flink.FlinkCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Kills TaskManagers and the JobManager of a stand-alone Flink cluster while it ingests and
 * prepares, at a moment when the job is at work for sure: its tables are locked. With a TaskManager
 * lost the job goes on; with the JobManager it is lost, and done once more.
 */
final class FlinkFaults implements Drill {
  private static final Path JAR = Path.of("jobs", "target", "alta-jobs.jar");
  private static final Path LIB = Path.of("jobs", "target", "flink", "lib");
  private static final int TASK_MANAGERS = 2;
  private static final int ROWS = 10_000;
  private static final int BATCH_ROWS = 100;
  private static final int SPOILT_EVERY = 401;
  private static final int JOB_MANAGER = 0;
  private static final String PREPARE = "prepare";
  private static final long SILENCE_SECONDS = 65;

  @Override
  public void run(Drilled drilled) throws Exception {
    try (Storage storage = Storage.start(drilled.folder(), "alta");
        AltaHome home = AltaHome.on(storage, drilled.folder().resolve("home"));
        FlinkCluster cluster = FlinkCluster.start(LIB, drilled.folder(), TASK_MANAGERS)) {
      Path file = Encounters.generate(home, ROWS, drilled.random().nextLong());
      List<String> keys = Encounters.spoil(file, SPOILT_EVERY);
      for (int round = 1; round <= drilled.times(); round++) {
        int taskManager = 1 + round % TASK_MANAGERS;
        for (int manager : List.of(taskManager, JOB_MANAGER)) {
          DatabaseSettings database = storage.another("killed_" + round + "_" + manager);
          StoreSettings first = storage.bucket();
          StoreSettings bucket =
              new StoreSettings(
                  first.url(),
                  first.accessKey(),
                  first.secretKey(),
                  "killed-" + round + "-" + manager);
          Killing killing = new Killing(drilled, cluster, database, bucket, file, manager);
          killing.ingest();
          drilled.count(
              "rows stored", Encounters.compareStored(drilled, database, keys, ROWS / BATCH_ROWS));
          killing.prepare();
          sound(drilled, home.with("ALTA_STORE_BUCKET", bucket.bucket()), database);
        }
      }
      silent(drilled, storage);
    }
  }

  /** Tables and bucket prove the split; fsck holds them against each other. */
  private static void sound(Drilled drilled, AltaHome home, DatabaseSettings database)
      throws Exception {
    for (String[] check : List.of(new String[] {"split", "verify"}, new String[] {"fsck"})) {
      List<String> command = new ArrayList<>(List.of(check));
      command.addAll(List.of("--database-url", database.url()));
      int code = home.check(drilled, command.toArray(String[]::new));
      drilled.invariant(String.join(" ", check) + " that found something", code == 0 ? 0 : 1);
    }
  }

  /** A run whose cluster is gone cannot say so: it must not look as if it were alive for long. */
  private static void silent(Drilled drilled, Storage storage) throws Exception {
    TimeUnit.SECONDS.sleep(SILENCE_SECONDS);
    try (Sql names = new Sql(storage.database())) {
      for (String name :
          names.texts("SELECT datname FROM pg_database WHERE datname LIKE 'killed%0'")) {
        DatabaseSettings first = storage.database();
        DatabaseSettings database =
            new DatabaseSettings(
                first.url().replaceAll("/[^/]*$", "/" + name), first.user(), first.password());
        try (Sql sql = new Sql(database)) {
          drilled.count(
              "runs lost with the JobManager",
              sql.number("SELECT count(*) FROM pipeline_run WHERE state <> 'DONE'"));
          drilled.invariant(
              "lost runs that seem alive after a minute",
              sql.number(
                  "SELECT count(*) FROM pipeline_run WHERE state = 'RUNNING'"
                      + " AND seen_at > now() - interval '1 minute'"));
        }
      }
    }
  }

  /** One manager, twice. */
  private record Killing(
      Drilled drilled,
      FlinkCluster cluster,
      DatabaseSettings database,
      StoreSettings bucket,
      Path file,
      int manager) {
    void ingest() throws Exception {
      String job = submit("ingest", "--data=" + file, "--batchRows=" + BATCH_ROWS);
      int batches = 1 + drilled.random().nextInt(ROWS / BATCH_ROWS / 2);
      FlinkCluster.await(
          batches + " batches", () -> number("SELECT count(*) FROM ingest_batch") >= batches);
      killUnder("ingest_batch");
      finish("ingest", job, "--data=" + file, "--batchRows=" + BATCH_ROWS);
    }

    void prepare() throws Exception {
      try (Sight sight = new Sight(database)) {
        String job = submit(PREPARE, published());
        FlinkCluster.await("a draft", () -> number("SELECT count(*) FROM clean_data_draft") > 0);
        TimeUnit.MILLISECONDS.sleep(drilled.random().nextInt(1_500));
        killUnder("clean_data_draft");
        finish(PREPARE, job, published());
        sight.end();
        drilled.count("looks at clean_data", sight.looks());
        drilled.invariant("looks that saw a part of a data set", sight.parts());
      }
    }

    /** Where prepare puts its certificate. */
    private String[] published() {
      return new String[] {
        "--storeUrl=" + bucket.url(),
        "--storeAccessKey=" + bucket.accessKey(),
        "--storeSecretKey=" + bucket.secretKey(),
        "--storeBucket=" + bucket.bucket()
      };
    }

    private String submit(String what, String... arguments) throws Exception {
      List<String> all = new ArrayList<>(List.of(what));
      all.addAll(List.of(arguments));
      all.addAll(
          List.of(
              "--parallelism=2",
              "--databaseUrl=" + database.url(),
              "--databaseUser=" + database.user(),
              "--databasePassword=" + database.password()));
      return cluster.runJar(cluster.upload(JAR), all);
    }

    /** Nothing is committed while it is killed: whatever a worker is at is lost. */
    private void killUnder(String table) throws Exception {
      try (Connection connection = Storage.connect(database);
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        statement.execute("LOCK TABLE " + table + " IN EXCLUSIVE MODE");
        cluster.kill(manager);
        connection.rollback();
      }
      cluster.replace(manager);
      if (manager == JOB_MANAGER) {
        cluster.awaitTaskManagers(TASK_MANAGERS);
      }
    }

    private void finish(String what, String job, String... arguments) throws Exception {
      boolean isLost = manager == JOB_MANAGER;
      drilled.count(what + ", killed: " + (isLost ? "JobManager" : "TaskManager"), 1);
      String last = job;
      if (isLost) {
        last = submit(what, arguments);
      }
      cluster.awaitState(last, "FINISHED");
      cluster.awaitTaskManagers(TASK_MANAGERS);
    }

    private long number(String query) {
      try (Sql sql = new Sql(database)) {
        return sql.number(query);
      } catch (SQLException notYet) {
        return 0;
      }
    }
  }
}
