package dev.alta.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.progress.Progress;
import dev.alta.database.Database;
import dev.alta.database.DatabaseException;
import dev.alta.database.DatabaseSettings;
import dev.alta.model.bundle.Prediction;
import dev.alta.model.bundle.Predictor;
import dev.alta.model.registry.StoreSettings;
import dev.alta.pipelines.PipelineException;
import dev.alta.pipelines.TestDatabase;
import dev.alta.pipelines.TestStore;
import dev.alta.pipelines.VisitFile;
import dev.alta.pipelines.csv.CsvFile;
import dev.alta.pipelines.csv.CsvRecord;
import dev.alta.pipelines.file.Place;
import dev.alta.pipelines.flink.FlinkSettings;
import dev.alta.pipelines.ingest.Ingest;
import dev.alta.pipelines.ingest.IngestSettings;
import dev.alta.pipelines.prepare.Prepare;
import dev.alta.pipelines.prepare.PrepareSettings;
import dev.alta.proto.v1.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoreIT {
  private static final Contract CONTRACT = VisitModel.CONTRACT;
  private static final List<String> ROWS = VisitFile.rows(400);
  private static final Model MODEL = VisitModel.of(ROWS, 1);
  private static final Predictor PREDICTOR = Predictor.of(CONTRACT, MODEL);
  private static final String HEADER =
      "visit_id,person,prediction,probability_no,probability_yes,probability_readmitted,"
          + "probability_within_30_days,risk,risk_percentile";
  private static StoreSettings store;

  @TempDir Path folder;

  @BeforeAll
  static void publish() {
    store = TestStore.emptyBucket();
    VisitModel.publishChampion(store, MODEL);
  }

  @Test
  void answersInTheOrderOfALargeFileReadByTwoWorkersBitByBitAsThePredictorDoes() throws Exception {
    List<String> rows = VisitFile.rows(60_000);
    rows.set(30_000, "too,few");
    rows.set(59_000, "59001,7,garage,1,0,428,no");
    Path file = VisitFile.write(folder.resolve("visits.csv"), rows);
    ScoreResult result = score(file.toString(), out("scores.csv")).orElseThrow();

    assertThat(result.read()).isEqualTo(60_000);
    assertThat(result.rejected()).isEqualTo(12);
    assertThat(result.scored()).isEqualTo(59_988);
    assertThat(result.modelAlias()).isEqualTo("champion");
    assertThat(result.modelVersion()).isEqualTo("1");
    List<String> scores = lines("scores.csv");
    assertThat(scores.get(0)).isEqualTo(HEADER + ",model_name,model_alias,model_version");
    assertThat(scores.subList(1, scores.size())).isEqualTo(expected(rows));

    List<String> rejects = lines("scores.csv.rejects.csv");
    assertThat(rejects.get(0)).isEqualTo("source,line,field,value,expected,raw_text");
    assertThat(rejects).hasSize(13);
    assertThat(rejects.get(1)).isEqualTo(file + ",30002,row,2 cells,7 cells,\"too,few\"");
    assertThat(rejects.get(2)).startsWith(file + ",59002,ward,garage,");
    assertThat(rejects.get(12))
        .startsWith(file + ",60001,ward,hospice,")
        .contains("is excluded: hospice care");
    assertThat(leftBeside()).containsExactly("scores.csv", "scores.csv.rejects.csv", "visits.csv");
  }

  @Test
  void ranksByRiskThenKeyAndGivesReasons() throws Exception {
    Path file = VisitFile.write(folder.resolve("visits.csv"), VisitFile.rows(45_000));
    ScoreSettings settings = settings(file.toString(), out("list.csv")).withReasons(2);
    run(settings);
    List<List<String>> inOrder = cells(lines("list.csv"));
    run(settings.withRanked(true));
    List<List<String>> ranked = cells(lines("list.csv"));

    assertThat(ranked.get(0))
        .containsSubsequence("reason_1", "reason_1_value", "reason_1_contribution", "reason_2");
    assertThat(ranked.get(1).get(9)).isIn("ward", "creatinine", "falls", "cause");
    Comparator<List<String>> byRisk =
        Comparator.comparingDouble((List<String> row) -> -Double.parseDouble(row.get(6)))
            .thenComparingLong(row -> Long.parseLong(row.get(0)));
    assertThat(ranked.subList(1, ranked.size()))
        .isEqualTo(inOrder.subList(1, inOrder.size()).stream().sorted(byRisk).toList());
  }

  @Test
  void readsAndWritesABucketAndManyFiles() throws Exception {
    String bucket = "s3://" + store.bucket() + "/";
    Path first = VisitFile.write(folder.resolve("a.csv.gz"), ROWS.subList(0, 200));
    Path second = VisitFile.write(folder.resolve("b.csv"), ROWS.subList(200, 400));
    for (Path file : List.of(first, second)) {
      try (var in = Files.newInputStream(file)) {
        Place.of(bucket + "in/" + file.getFileName(), Optional.of(store)).write(in);
      }
    }
    ScoreResult result = score(bucket + "in/*.csv*", bucket + "out/scores.jsonl.gz").orElseThrow();
    assertThat(result.rejects()).isEqualTo(bucket + "out/scores.jsonl.gz.rejects.csv");

    List<String> lines = lines(CsvFile.matching(result.output(), Optional.of(store)).get(0));
    assertThat(lines).hasSize(390);
    Prediction expected = PREDICTOR.predict(VisitModel.cleaned(ROWS.get(300)).orElseThrow());
    assertThat(number(lines.get(300), "visit_id")).isEqualTo(301);
    assertThat(number(lines.get(300), "probability_within_30_days"))
        .isEqualTo(expected.probabilityMostUrgent());
    assertThat(number(lines.get(300), "yes")).isEqualTo(expected.probabilities().get(1));
    assertThat(lines.get(300))
        .contains("\"model_name\":\"visits\",\"model_alias\":\"champion\",\"model_version\":\"1\"");
    assertThat(CsvFile.matching(bucket + "out/*", Optional.of(store))).hasSize(2);
    assertThat(lines(CsvFile.matching(result.rejects(), Optional.of(store)).get(0)).get(1))
        .startsWith(bucket + "in/b.csv,192,ward,hospice,");
  }

  @Test
  void readsAQueryAndATableAndWritesATable() throws Exception {
    DatabaseSettings database = TestDatabase.empty();
    Path file = VisitFile.write(folder.resolve("visits.csv"), ROWS);
    Ingest.run(IngestSettings.of(database, file), CONTRACT, Progress.UNWATCHED);
    run(ScoreSettings.of(store, database, VisitModel.NAME, file.toString(), out("scores.csv")));

    ScoreSettings toTable =
        ScoreSettings.of(store, database, VisitModel.NAME, "table:raw_data", "table:scores")
            .withReasons(1);
    ScoreResult result = run(toTable).orElseThrow();
    assertThat(result.scored()).isEqualTo(390);
    assertThat(result.rejects()).isEqualTo("table:scores_rejects");
    assertThat(
            TestDatabase.query(
                database,
                "SELECT visit_id, person, prediction, probabilities->>'no', probabilities->>'yes',"
                    + " probability_readmitted, probability_within_30_days, risk, risk_percentile,"
                    + " model_name, model_alias, model_version FROM scores ORDER BY visit_id"))
        .isEqualTo(
            lines("scores.csv").stream().skip(1).map(line -> line.replace(',', '|')).toList());
    assertThat(
            TestDatabase.query(
                database,
                "SELECT source, line, reasons->0->>'column' FROM scores_rejects ORDER BY 2 LIMIT 1"))
        .containsExactly("table:raw_data|391|ward");
    assertThat(
            TestDatabase.query(
                database,
                "SELECT count(*) FROM scores WHERE (reasons->0->>'contribution')::float8 <> 0"))
        .containsExactly("390");

    ScoreSettings some =
        ScoreSettings.of(
            store,
            database,
            VisitModel.NAME,
            "select visit_id, ward, creatinine, cause from raw_data where visit_id <= 5",
            "table:scores");
    assertThat(run(some).orElseThrow().scored()).isEqualTo(5);
    assertThat(
            TestDatabase.query(database, "SELECT count(*), max(visit_id), max(person) FROM scores"))
        .containsExactly("5|5|null");
    assertThat(TestDatabase.query(database, "SELECT count(*) FROM scores_rejects"))
        .containsExactly("0");

    assertThatThrownBy(() -> run(to(toTable, "table:raw_data")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("table raw_data: there, but not made by scoring");
    assertThatThrownBy(
            () -> run(ScoreSettings.of(store, database, VisitModel.NAME, "select 1", "table:x")))
        .hasMessageContaining("query: unknown: ?column?")
        .hasMessageContaining("missing: creatinine");
    assertThatThrownBy(
            () ->
                run(
                    ScoreSettings.of(
                        store, database, VisitModel.NAME, "select * form raw_data", "table:x")))
        .isInstanceOf(DatabaseException.class)
        .hasMessageStartingWith("query: ERROR: syntax error");
    assertThat(
            TestDatabase.query(
                database,
                "SELECT subject, state, rows_read, rows_passed, rows_rejected FROM pipeline_run"
                    + " WHERE kind = 'score' ORDER BY run"))
        .containsExactly(
            file + " into " + out("scores.csv") + "|DONE|400|390|10",
            "table:raw_data into table:scores|DONE|400|390|10",
            "query into table:scores|DONE|5|5|0",
            "table:raw_data into table:raw_data|FAILED|0|0|0",
            "query into table:x|FAILED|0|0|0",
            "query into table:x|FAILED|0|0|0");
  }

  @Test
  void knowsOfEarlierVisitsWhatPrepareKnows() throws Exception {
    DatabaseSettings database = TestDatabase.empty();
    Path file = VisitFile.write(folder.resolve("visits.csv"), ROWS);
    Ingest.run(IngestSettings.of(database, file), CONTRACT, Progress.UNWATCHED);
    Prepare.run(PrepareSettings.of(database), CONTRACT, Progress.UNWATCHED);
    List<String> prepared = new ArrayList<>();
    Row[] last = new Row[1];
    try (Database tables = Database.open(database, CONTRACT)) {
      tables
          .cleanData()
          .read(
              (side, row) -> {
                prepared.add(row.asText(CONTRACT.key()) + "," + PREDICTOR.probabilities(row)[1]);
                last[0] = row.recorded(CONTRACT.column("last_falls")) ? row : last[0];
              });
    }
    ScoreSettings settings =
        ScoreSettings.of(store, database, VisitModel.NAME, file.toString(), out("scores.csv"));
    run(settings);
    assertThat(
            cells(lines("scores.csv")).stream().skip(1).map(row -> row.get(0) + "," + row.get(4)))
        .isEqualTo(prepared);

    // A visit that has no number yet comes after all that are stored; a new patient has none.
    String person = last[0].asText(CONTRACT.patient());
    Path fresh =
        VisitFile.write(
            folder.resolve("new.csv"),
            "person,ward,creatinine,cause,falls",
            List.of(person + ",surgery,1.5,428,1", "77,surgery,1.5,428,1"));
    Path told =
        VisitFile.write(
            folder.resolve("told.csv"),
            "person,ward,creatinine,cause,falls,earlier_visits,earlier_falls,last_falls",
            TestDatabase.query(
                database,
                "SELECT concat_ws(',', person, 'surgery,1.5,428,1', count(*), sum(coalesce(falls,"
                    + " 0)), (array_agg(falls ORDER BY visit_id DESC))[1]) FROM raw_data WHERE"
                    + " person = "
                    + person
                    + " GROUP BY person"));
    run(
        ScoreSettings.of(
            store, database, VisitModel.NAME, fresh.toString(), out("new-scores.csv")));
    run(
        ScoreSettings.of(
            store, database, VisitModel.NAME, told.toString(), out("told-scores.csv")));
    assertThat(lines("new-scores.csv").get(1)).isEqualTo(lines("told-scores.csv").get(1));
    assertThat(lines("new-scores.csv").get(2))
        .isNotEqualTo(lines("new-scores.csv").get(1).replace("," + person + ",", ",77,"));
  }

  @Test
  void keepsTheOutputOfBeforeWhenARunFails() throws Exception {
    Path file = VisitFile.write(folder.resolve("visits.csv"), ROWS);
    score(file.toString(), out("scores.csv"));
    List<String> before = lines("scores.csv");
    // What a killed run leaves.
    Files.writeString(folder.resolve(".scores.csv.alta-deadbeef-0.scored"), "half");

    List<String> rows = VisitFile.rows(60_000);
    String longCell = "x\n".repeat(2 << 20);
    rows.set(20_000, "1,7,\"" + longCell.substring(0, 900_000) + "\",1,0,428,no");
    Path broken = VisitFile.write(folder.resolve("broken.csv"), rows);
    assertThatThrownBy(() -> score(broken.toString(), out("scores.csv")))
        .isInstanceOf(PipelineException.class)
        .hasMessageContaining("broken.csv: a line break within quotes near byte ");
    assertThat(lines("scores.csv")).isEqualTo(before);
    assertThat(leftBeside())
        .containsExactly("broken.csv", "scores.csv", "scores.csv.rejects.csv", "visits.csv");

    // By one worker such a file is read as it is.
    ScoreResult whole =
        run(settings(broken.toString(), out("scores.csv"))
                .withFlink(new FlinkSettings(FlinkSettings.LOCAL, 1)))
            .orElseThrow();
    assertThat(whole.read()).isEqualTo(60_000);
    assertThat(whole.rejected()).isEqualTo(11);
  }

  @Test
  void scoresRowsWithoutKeyPatientAndTarget() throws Exception {
    Path file =
        VisitFile.write(
            folder.resolve("v.csv"),
            "ward,creatinine,cause",
            List.of("surgery,1.5,428", "n/a,,V57", "medicine,2,V57"));
    ScoreResult result = score(file.toString(), out("scores.csv")).orElseThrow();
    assertThat(result.scored()).isEqualTo(2);
    assertThat(lines("scores.csv").get(1)).startsWith(",,");
    assertThat(lines("scores.csv.rejects.csv").get(1)).startsWith(file + ",3,creatinine,,");
  }

  @Test
  void makesAHeaderOnlyOfAHeaderOnly() throws Exception {
    Path file = VisitFile.write(folder.resolve("v.csv"), List.of());
    Files.writeString(folder.resolve("scores.csv.gz.rejects.csv"), "of an earlier run");
    ScoreResult result = score(file.toString(), out("scores.csv.gz")).orElseThrow();
    assertThat(result.read()).isZero();
    assertThat(result.rejects()).isEmpty();
    assertThat(lines("scores.csv.gz")).hasSize(1);
    assertThat(leftBeside()).containsExactly("scores.csv.gz", "v.csv");
    score(file.toString(), out("scores.jsonl"));
    assertThat(Files.size(folder.resolve("scores.jsonl"))).isZero();
  }

  @Test
  void scoresWithTheVersionThatIsAskedFor() throws Exception {
    StoreSettings other = TestStore.emptyBucket();
    VisitModel.publishChampion(other, MODEL);
    VisitModel.publishChampion(other, VisitModel.of(ROWS, 2));
    Path file = VisitFile.write(folder.resolve("visits.csv"), ROWS.subList(0, 50));
    ScoreSettings settings =
        ScoreSettings.of(other, VisitModel.NAME, file.toString(), out("scores.csv"));
    assertThat(run(settings).orElseThrow().modelVersion()).isEqualTo("2");
    assertThat(lines("scores.csv").get(1)).endsWith(",visits,champion,2");

    assertThat(run(settings.withVersion(Optional.of(1))).orElseThrow().modelAlias()).isEmpty();
    assertThat(lines("scores.csv").get(1)).endsWith(",visits,,1");
    assertThatThrownBy(() -> run(settings.withVersion(Optional.of(9))))
        .isInstanceOf(PipelineException.class)
        .hasMessage("model 9: not there (expected: one of versions [1, 2])");
  }

  @Test
  void refusesWhatItCannotDo() throws Exception {
    Path file = VisitFile.write(folder.resolve("visits.csv"), ROWS.subList(0, 5));
    String input = file.toString();
    assertThatThrownBy(
            () ->
                run(
                    ScoreSettings.of(
                        TestStore.emptyBucket(), VisitModel.NAME, input, out("s.csv"))))
        .isInstanceOf(PipelineException.class)
        .hasMessageStartingWith("model visits: no champion yet (expected: a training");
    assertThatThrownBy(() -> score(input, input))
        .hasMessage(input + ": input and output at once (expected: another file for the output)");
    assertThatThrownBy(() -> score(input, folder.toString()))
        .hasMessageContaining("no file (expected: the name of a file to write)");
    ScoreSettings remote =
        settings(input, out("s.csv")).withFlink(new FlinkSettings("flink.example:8081", 2));
    assertThatThrownBy(() -> run(remote))
        .hasMessageStartingWith(
            out("s.csv") + ": a file of this machine, but the workers are on a cluster");
    Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> score(out("other.csv"), out("s.csv")))
        .hasMessageContaining("other.csv: line 1 names no column of alta.testing.Visit");
    assertThat(leftBeside()).containsExactly("other.csv", "visits.csv");
  }

  private Optional<ScoreResult> score(String input, String output) {
    return run(settings(input, output));
  }

  private static Optional<ScoreResult> run(ScoreSettings settings) {
    return Score.run(settings, CONTRACT, Progress.UNWATCHED);
  }

  private static ScoreSettings settings(String input, String output) {
    return ScoreSettings.of(store, VisitModel.NAME, input, output);
  }

  private static ScoreSettings to(ScoreSettings settings, String output) {
    return ScoreSettings.of(
        settings.store(),
        settings.database().orElseThrow(),
        settings.model(),
        settings.input(),
        output);
  }

  private String out(String name) {
    return folder.resolve(name).toString();
  }

  private List<String> lines(String name) throws IOException {
    return lines(CsvFile.at(folder.resolve(name)));
  }

  private static List<String> lines(CsvFile file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static List<List<String>> cells(List<String> lines) {
    return lines.stream().map(line -> CsvRecord.cells(line).orElseThrow()).toList();
  }

  private List<String> leftBeside() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The lines that the rows give, those that are refused left out. */
  private static List<String> expected(List<String> rows) {
    List<String> expected = new ArrayList<>();
    for (String row : rows) {
      List<String> cells = CsvRecord.cells(row).orElseThrow();
      if (cells.size() == CONTRACT.stored().size()) {
        VisitModel.cleaned(row)
            .map(PREDICTOR::predict)
            .ifPresent(answer -> expected.add(line(cells, answer)));
      }
    }
    return expected;
  }

  private static String line(List<String> cells, Prediction answer) {
    return String.join(
        ",",
        cells.get(0),
        cells.get(1),
        CONTRACT.classes().get(answer.best()),
        Double.toString(answer.probabilities().get(0)),
        Double.toString(answer.probabilities().get(1)),
        Double.toString(answer.probabilityReadmitted()),
        Double.toString(answer.probabilityMostUrgent()),
        answer.risk().name(),
        Double.toString(answer.riskPercentile()),
        "visits,champion,1");
  }

  private static double number(String json, String field) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME && parser.currentName().equals(field)) {
          parser.nextToken();
          return parser.getDoubleValue();
        }
      }
    }
    throw new IllegalArgumentException(field);
  }
}
