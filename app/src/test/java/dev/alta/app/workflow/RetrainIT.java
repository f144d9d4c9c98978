package dev.alta.app.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.util.JsonFormat;
import dev.alta.app.data.EmbeddedEngine;
import dev.alta.app.data.Engine;
import dev.alta.app.data.SyntheticFile;
import dev.alta.app.home.LogFormat;
import dev.alta.app.home.LogPlace;
import dev.alta.app.home.OwnStorage;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.home.StorageSettings;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.core.progress.Progress;
import dev.alta.database.Claim;
import dev.alta.database.Database;
import dev.alta.database.Hold;
import dev.alta.database.LoggedPrediction;
import dev.alta.database.WorkflowRun;
import dev.alta.database.WorkflowRun.State;
import dev.alta.database.WorkflowRun.StepState;
import dev.alta.database.Workflows.Self;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.ObjectStore;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.StoredModel;
import dev.alta.proto.v1.Encounter;
import dev.alta.training.Training;
import dev.alta.training.TrainingSettings;
import dev.alta.training.live.LiveSight;
import dev.alta.training.live.LiveVersion;
import dev.alta.training.report.LiveReport;
import dev.alta.training.search.Objective;
import dev.alta.training.search.SearchSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retrains on a few thousand generated rows, every part real. */
class RetrainIT {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int ROWS = 4_000;
  private static final int LONGEST_SECONDS = 120;

  /** What no step can catch, as if the process were no more. */
  private static final class CutOff extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir private Path folder;
  private final StringWriter screen = new StringWriter();
  private final Parts parts = new Parts();
  private OwnStorage storage;
  private Database database;
  private Registry registry;

  @BeforeEach
  void start() throws Exception {
    storage = OwnStorage.start(parts, folder);
    database = parts.start(() -> Database.open(storage.database(), CONTRACT));
    ObjectStore bucket = parts.start(() -> ObjectStore.open(storage.store()));
    registry = new Registry(bucket, "readmission", Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  private Bench bench() {
    StorageSettings where =
        new StorageSettings(
            folder.resolve("home"),
            Optional.of(storage.database()),
            Optional.of(storage.store()),
            LogFormat.TEXT,
            LogPlace.FILE);
    return new Bench(
        CONTRACT,
        Storage.reach(where, parts),
        parts,
        database,
        registry,
        new Terminal(new PrintWriter(screen, true), false, System::nanoTime),
        new EmbeddedEngine(),
        "test",
        Clock.systemUTC());
  }

  private static RetrainSettings settings(Path data) {
    return new RetrainSettings(
        Optional.of(data.toString()),
        0.01,
        1,
        Engine.EMBEDDED,
        2,
        0,
        false,
        RetrainLimits.standard());
  }

  /** A part of the rows of one generator, which gives each its own key. */
  private Path rows(String name, int from, int to) throws Exception {
    Path all = folder.resolve("all.csv");
    SyntheticFile.write(all, to, 1);
    List<String> lines = new ArrayList<>(Files.readAllLines(all));
    lines.subList(1, 1 + from).clear();
    return Files.write(folder.resolve(name), lines);
  }

  @Test
  void trainsAgainWhereThereIsAReasonAndGoesOnWhereItWas() throws Exception {
    RetrainSettings first = settings(rows("synthetic-1.csv", 0, ROWS));
    goesOnAfterItWasKilledAndTellsAnotherWhoHoldsItMeanwhile(first);
    RetrainSettings more = settings(rows("synthetic-2.csv", ROWS, ROWS + ROWS / 4));
    decidesWithoutChangingAnything(more);
    goesOnHoweverOftenItIsCutOff(more);
    doesNotTrainOnTheSameRowsAgain(more);
    measuresLive(more);
  }

  private void goesOnAfterItWasKilledAndTellsAnotherWhoHoldsItMeanwhile(RetrainSettings settings)
      throws Exception {
    Connection reader = readerBeforeWhomNothingIsPublished();
    Process process = alta(settings.data().orElseThrow());
    try {
      WorkflowRun running = awaitStep(process, "prepare");
      assertThatThrownBy(() -> new Retrain(bench()).run(settings))
          .isInstanceOf(HeldException.class)
          .hasMessageContaining("retrain: workflow " + running.workflow() + " is held by ")
          .hasMessageContaining("(process " + process.pid() + ") since ");
    } finally {
      process.destroyForcibly().waitFor();
      reader.close();
    }
    WorkflowRun done = new Retrain(bench()).run(settings);
    assertThat(screen.toString()).contains("Retrain goes on with workflow 1 behind step 1.");
    assertThat(done.workflow()).isEqualTo(1);
    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.result().orElseThrow()).matches("version [12] is champion: .*");
    assertThat(done.steps())
        .extracting(WorkflowRun.Step::name)
        .containsExactly("ingest", "prepare", "decide", "train", "compare", "promote");
    assertThat(done.steps().get(0).attempts()).isEqualTo(1);
    assertThat(done.steps().get(1).attempts()).isEqualTo(2);
    assertThat(database.rawData().count()).isEqualTo(ROWS);
    assertThat(database.workflows().log(1))
        .extracting(WorkflowRun.Line::words)
        .contains("Trains, because there is no champion yet");
  }

  /** As long as it reads, {@code prepare} does not end, however slow this process is. */
  private Connection readerBeforeWhomNothingIsPublished() throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            storage.database().url(), storage.database().user(), storage.database().password());
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE clean_data IN ACCESS SHARE MODE");
    }
    return connection;
  }

  private void decidesWithoutChangingAnything(RetrainSettings settings) throws Exception {
    RetrainDecision decision = new Retrain(bench()).decide(settings);
    assertThat(decision.trains()).isFalse();
    assertThat(decision.words())
        .startsWith("Not trained, because version 1 was made from these very rows by this code");
    assertThat(database.workflows().latest(9)).hasSize(1);
    assertThat(database.rawData().count()).isEqualTo(ROWS);
  }

  private void goesOnHoweverOftenItIsCutOff(RetrainSettings settings) throws Exception {
    int steps = new Retrain(bench()).steps(settings).size();
    for (int cut = 0; cut < steps; cut++) {
      int at = cut;
      assertThatThrownBy(() -> cutOff(settings, at)).isInstanceOf(CutOff.class);
    }
    WorkflowRun interrupted = database.workflows().running(Retrain.KIND).orElseThrow();
    Self next = new Self("test", "here", 1, holder -> true);
    Claim claim = database.workflows().resume(interrupted.workflow(), next);
    database.workflows().release(((Claim.Taken) claim).hold());

    WorkflowRun done = new Retrain(bench()).run(settings);

    assertThat(done.workflow()).isEqualTo(interrupted.workflow()).isEqualTo(2);
    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.result().orElseThrow()).startsWith("version ");
    assertThat(done.steps())
        .hasSize(steps)
        .allMatch(step -> step.state() == StepState.DONE && step.attempts() == 2);
    assertThat(database.workflows().log(2))
        .extracting(WorkflowRun.Line::words)
        .anyMatch(line -> line.startsWith("Trains, because 1,000 rows are new since the champion"));
    assertThat(registry.versions()).hasSize(2 * Objective.values().length);
    assertThat(database.rawData().count()).isEqualTo(ROWS + ROWS / 4);
    assertThat(database.runs().latest(2))
        .allMatch(run -> run.workflow().orElse(-1) == done.workflow());
  }

  private void doesNotTrainOnTheSameRowsAgain(RetrainSettings settings) throws Exception {
    WorkflowRun again = new Retrain(bench()).run(settings);
    assertThat(again.result().orElseThrow()).startsWith("Not trained, because version ");
    assertThat(again.steps())
        .extracting(WorkflowRun.Step::state)
        .containsExactly(
            StepState.DONE,
            StepState.DONE,
            StepState.DONE,
            StepState.SKIPPED,
            StepState.SKIPPED,
            StepState.SKIPPED);
  }

  private void measuresLive(RetrainSettings settings) throws Exception {
    assertThat(new Retrain(bench()).decide(settings).findings())
        .extracting(Finding::words)
        .anyMatch(words -> words.startsWith("the live AUROC cannot be measured: 0 outcomes"));
    List<Row> answered = answer(1_500);
    load(answered, row -> String.valueOf(row.text(CONTRACT.target())));
    assertThat(liveAuroc(settings).words()).startsWith("the live mean AUROC over 1,4");
    LiveVersion live = live().get(0);
    assertThat(live.version())
        .isEqualTo(Integer.toString(registry.alias("champion").orElseThrow().version()));
    assertThat(live.served()).isEqualTo(answered.size()).isEqualTo(live.outcomes());
    double test = live.manifest().orElseThrow().getTest().getMeanAuroc();
    assertThat(live.figures().orElseThrow().getMeanAuroc()).isCloseTo(test, within(0.06));
    assertThat(live.drift().orElseThrow().rows()).isEqualTo(answered.size());
    assertThat(live.drift().orElseThrow().columns()).noneMatch(column -> column.reaches(0.1));
    Instant now = Instant.now();
    assertThat(LiveReport.html(CONTRACT, "readmission", now, now, live()))
        .contains("Version " + live.version(), "Reliability: ", "Drift of the inputs")
        .doesNotContain("NaN");

    Random random = new Random(1);
    load(answered, row -> CONTRACT.classes().get(random.nextInt(3)));
    Finding dropped = liveAuroc(settings);
    assertThat(dropped.calls()).as(dropped.words()).isTrue();
    assertThat(dropped.words()).contains("surely below");
  }

  private List<LiveVersion> live() {
    Instant now = Instant.now();
    return new LiveSight(CONTRACT, database, registry)
        .read(now.minus(Duration.ofDays(1)), now, Progress.UNWATCHED);
  }

  private Finding liveAuroc(RetrainSettings settings) throws Exception {
    return new Retrain(bench())
        .decide(settings).findings().stream()
            .filter(finding -> finding.name().equals("live AUROC"))
            .findFirst()
            .orElseThrow();
  }

  /** What the champion says of encounters that it has never seen, as a scorer would log it. */
  private List<Row> answer(int rows) throws Exception {
    StoredModel champion = registry.load("champion");
    Predictor predictor = Predictor.of(CONTRACT, champion.model());
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), 77);
    List<Row> answered = new ArrayList<>();
    List<LoggedPrediction> log = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      Row row = generator.next();
      if (new Cleaner(CONTRACT).clean(row) instanceof Cleaned.Kept kept) {
        double[] probabilities = predictor.probabilities(kept.row());
        Map<String, Double> byClass = new LinkedHashMap<>();
        for (int c = 0; c < probabilities.length; c++) {
          byClass.put(CONTRACT.classes().get(c), probabilities[c]);
        }
        answered.add(row);
        log.add(
            new LoggedPrediction(
                "request-" + i,
                Instant.now(),
                registry.name(),
                "champion",
                Integer.toString(champion.version()),
                JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .print(RowMessage.write(row, Encounter.newBuilder())),
                "NO",
                byClass,
                probabilities[2],
                "LOW",
                50));
      }
    }
    database.inferenceLog().append(log);
    return answered;
  }

  private void load(List<Row> answered, Function<Row, String> outcome) {
    database
        .outcomes()
        .load(
            "outcomes.csv",
            true,
            sink ->
                answered.forEach(
                    row -> sink.add(1, row.whole(CONTRACT.key()), outcome.apply(row))));
  }

  /** Does what is left up to a step, and that step too, but never gets to say so. */
  private void cutOff(RetrainSettings settings, int at) throws Exception {
    Self self = new Self("test", "here", 1, holder -> true);
    Optional<WorkflowRun> running = database.workflows().running(Retrain.KIND);
    Claim claim =
        running.isPresent()
            ? database.workflows().resume(running.get().workflow(), self)
            : database.workflows().begin(Retrain.KIND, settings.json(), self);
    Hold hold = ((Claim.Taken) claim).hold();
    List<Step> steps = new Retrain(bench()).steps(settings);
    Step last = steps.get(at);
    Step cut =
        new Step() {
          @Override
          public String name() {
            return last.name();
          }

          @Override
          public StepResult run(StepRun run) throws Exception {
            if (name().equals(TrainStep.NAME)) {
              // As if cut off between its two versions, too.
              trainForOneObjective(run.name());
            }
            last.run(run);
            throw new CutOff();
          }
        };
    List<Step> upToThere = new ArrayList<>(steps.subList(0, at));
    upToThere.add(cut);
    new Workflow(database.workflows(), HeldWorkflow.of(database.workflows(), hold), upToThere)
        .run();
  }

  private void trainForOneObjective(String workflow) throws Exception {
    TrainingSettings settings =
        TrainingSettings.standard(1, "test")
            .withSearch(SearchSettings.standard(1).withObjectives(List.of(Objective.MEAN_AUROC)))
            .forWorkflow(workflow);
    new Training(CONTRACT, database.cleanData(), registry).train(settings, Progress.UNWATCHED);
  }

  private WorkflowRun awaitStep(Process process, String name) throws Exception {
    Instant giveUp = Instant.now().plusSeconds(LONGEST_SECONDS);
    while (true) {
      Optional<WorkflowRun> running =
          database.workflows().running(Retrain.KIND).filter(run -> isAt(run, name));
      if (running.isPresent()) {
        return running.get();
      }
      assertThat(process.isAlive()).as("the process").isTrue();
      assertThat(Instant.now()).isBefore(giveUp);
      process.waitFor(20, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean isAt(WorkflowRun run, String name) {
    return run.steps().stream()
        .anyMatch(step -> step.name().equals(name) && step.state() == StepState.RUNNING);
  }

  private Process alta(String data) throws Exception {
    return storage.alta(folder.resolve("home"), "retrain", "--data=" + data).inheritIO().start();
  }
}
