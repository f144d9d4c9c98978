package dev.alta.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alta.app.data.SyntheticFile;
import dev.alta.app.home.OwnStorage;
import dev.alta.app.home.Parts;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.database.PipelineRun;
import dev.alta.database.WorkflowRun;
import dev.alta.model.registry.ObjectStore;
import dev.alta.pipelines.file.Place;
import dev.alta.proto.v1.Encounter;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code alta … --engine kubernetes}, as a process with the rights of alta-retrain, against a real
 * API server, database and bucket. The jobs run here: see {@link JobsOfANamespace}.
 */
class ClusterRetrainIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int ROWS = 4_000;
  private static final int LONGEST_SECONDS = 900;
  private static final String DATA = "s3://alta/synthetic-1.csv";

  @TempDir private static Path folder;
  private static final Parts parts = new Parts();
  private static OwnStorage storage;
  private static Database database;
  private static JobsOfANamespace cluster;
  private static Path kubeconfig;

  @BeforeAll
  static void start() throws Exception {
    String admin = System.getProperty("alta.kubeconfig", "");
    assumeTrue(
        !admin.isEmpty(),
        "needs -Dalta.kubeconfig=FILE, the kubeconfig of a cluster in which namespaces and the"
            + " Flink operator's resource definitions may be made");
    storage = OwnStorage.start(parts, folder);
    database = parts.start(() -> Database.open(storage.database(), CONTRACT));
    ObjectStore.open(storage.store()).close(); // makes the bucket
    cluster = parts.start(() -> new JobsOfANamespace(new File(admin), database, storage.secrets()));
    kubeconfig = cluster.kubeconfig(folder.resolve("kubeconfig"));
    Path file = folder.resolve("synthetic-1.csv");
    SyntheticFile.write(file, ROWS, 1);
    try (InputStream rows = Files.newInputStream(file)) {
      Place.of(DATA, Optional.of(storage.store())).write(rows);
    }
  }

  @AfterAll
  static void stop() {
    parts.close();
  }

  @Test
  void retrainsOnTheClusterAndGoesOnWithTheJobThatAKilledProcessHasLeft() throws Exception {
    Process killed = alta("killed", "retrain", "--data=" + DATA);
    String left = awaitJob(killed);
    killed.destroyForcibly().waitFor();
    assertThat(cluster.jobs()).extracting(job -> job.getMetadata().getUid()).containsExactly(left);

    cluster.letThemRun();
    Process goesOn = alta("on", "retrain", "--data=" + DATA);
    assertThat(goesOn.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(folder.resolve("on.txt"));
    assertThat(goesOn.exitValue()).as(said).isZero();
    assertThat(said)
        .contains("Retrain goes on with workflow 1 behind step 0.")
        .containsPattern("version [12] is champion: ");
    WorkflowRun done = database.workflows().find(1).orElseThrow();
    assertThat(done.steps().get(0).attempts()).isEqualTo(2);
    assertThat(done.steps().get(1).attempts()).isEqualTo(1);
    List<PipelineRun> runs = database.runs().ofWorkflow(1, 9);
    assertThat(runs).as("the job was not run again").hasSize(2);
    assertThat(runs).allMatch(run -> run.state() == PipelineRun.State.DONE);
    assertThat(database.rawData().count()).isEqualTo(ROWS);
    assertThat(cluster.jobs()).as("all removed").isEmpty();

    saysWhyAJobFailed();
  }

  private static void saysWhyAJobFailed() throws Exception {
    Process fails = alta("fails", "ingest", "--data=s3://alta/synthetic-none.csv");
    assertThat(fails.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(fails.exitValue()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("fails.txt")))
        .contains("alta: ingest on Kubernetes: Flink: FAILED: ", "synthetic-none.csv")
        .doesNotContain("\tat ");
    assertThat(cluster.jobs()).as("removed").isEmpty();
  }

  @Test
  void refusesWhatAClusterCannotReach() throws Exception {
    Process file = alta("file", "ingest", "--data=here.csv");
    assertThat(file.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(file.exitValue()).isEqualTo(2);
    assertThat(Files.readString(folder.resolve("file.txt")))
        .contains("alta: data: here.csv (expected: s3://… or a URL, as the pods of a cluster");
  }

  private static String awaitJob(Process process) throws Exception {
    Instant giveUp = Instant.now().plusSeconds(LONGEST_SECONDS);
    while (cluster.jobs().isEmpty()) {
      assertThat(process.isAlive()).as(Files.readString(folder.resolve("killed.txt"))).isTrue();
      assertThat(Instant.now()).isBefore(giveUp);
      process.waitFor(50, TimeUnit.MILLISECONDS);
    }
    return cluster.jobs().get(0).getMetadata().getUid();
  }

  private static Process alta(String name, String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of(command));
    line.add("--engine=kubernetes");
    ProcessBuilder builder =
        storage
            .alta(folder.resolve("home-" + name), line.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".txt").toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    return builder.start();
  }
}
