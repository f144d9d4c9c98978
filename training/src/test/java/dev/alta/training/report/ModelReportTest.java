package dev.alta.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import dev.alta.core.contract.Contract;
import dev.alta.core.progress.Progress;
import dev.alta.core.split.Side;
import dev.alta.model.bundle.Explainer;
import dev.alta.proto.v1.ColumnImportance;
import dev.alta.proto.v1.ColumnShap;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.ModelFigures;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.SearchRecord;
import dev.alta.proto.v1.Trial;
import dev.alta.proto.v1.TrialState;
import dev.alta.testing.Visit;
import dev.alta.training.CleanRow;
import dev.alta.training.GeneratedRows;
import dev.alta.training.dataset.TrainingData;
import dev.alta.training.evaluate.Evaluator;
import dev.alta.training.evaluate.Scores;
import dev.alta.training.trees.TrainedTrees;
import dev.alta.training.trees.TreeSettings;
import dev.alta.training.trees.TreeTrainer;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class ModelReportTest {
  private static final Contract CONTRACT = GeneratedRows.CONTRACT;
  private static final List<CleanRow> ROWS = GeneratedRows.of(CONTRACT, 5_000, 2);
  private static final ReportInput INPUT = input(CONTRACT, ROWS);
  private static final ModelReport REPORT = ModelReport.of(INPUT);
  private static final Map<String, ByteString> ATTACHMENTS = REPORT.attachments(3);

  private final String card = text(ATTACHMENTS, ModelReport.CARD);

  @Test
  void fetchesNothingAndIsSmall() {
    assertThat(card).doesNotContain("http:", "https:", "url(", "<script", "<link", "<img", "src=");
    assertThat(card.length()).isLessThan(2 << 20);
  }

  @Test
  void isWellFormedUpToWhatHtmlAllows() throws Exception {
    String xml = card.replace("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getElementsByTagName("svg")
                .getLength())
        .isEqualTo(15);
    assertThat(card).doesNotContain("NaN", "Infinity");
  }

  @Test
  void saysWhatTheModelIsForAndWhereItIsNotGood() {
    assertThat(card)
        .contains("Model card: readmission, version 3", "train_model_auroc")
        .contains("What it is for", "What it is not for", "died or in hospice care")
        .contains("logistic regression on the same rows", "average precision &lt;30")
        .contains("Too few test rows to judge by", "Subgroups", "African American")
        .contains("Search for the best mean AUROC", "0123abcd", "setting max_depth");
  }

  @Test
  void keepsEachPictureAsAFileThatStandsAlone() throws Exception {
    for (Map.Entry<String, ByteString> file : ATTACHMENTS.entrySet()) {
      if (file.getKey().endsWith(".svg")) {
        String picture = file.getValue().toStringUtf8();
        assertThat(
                DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(picture)))
                    .getDocumentElement()
                    .getAttribute("xmlns"))
            .as(file.getKey())
            .isEqualTo("http://www.w3.org/2000/svg");
        assertThat(picture).contains("--c0:").doesNotContain("url(", "<script", "href", "NaN");
        assertThat(picture.length()).as(file.getKey()).isLessThan(200_000);
      }
    }
    assertThat(text(ATTACHMENTS, "roc.svg")).contains("ROC curves", "class=\"c2\"");
  }

  @Test
  void givesTheFiguresThatThePicturesDraw() throws Exception {
    ModelFigures.Builder read = ModelFigures.newBuilder();
    JsonFormat.parser().merge(text(ATTACHMENTS, ModelReport.FIGURES), read);
    assertThat(read.build()).isEqualTo(REPORT.figures().toBuilder().setVersion("3").build());
    assertThat(ATTACHMENTS)
        .containsOnlyKeys(
            "card.html",
            "confusion.svg",
            "figures.json",
            "importance.svg",
            "precision-recall.svg",
            "reliability-0.svg",
            "reliability-1.svg",
            "reliability-2.svg",
            "risk.svg",
            "roc.svg",
            "shap-sizes.svg",
            "shap.svg");
    assertThat(read.getClassesList())
        .extracting(c -> c.getName())
        .containsExactly("NO", ">30", "<30");
  }

  @Test
  void isTheSameAgain() {
    assertThat(ModelReport.of(INPUT).attachments(3)).isEqualTo(ATTACHMENTS);
  }

  @Test
  void findsTheColumnsThatMatter() {
    List<ColumnImportance> columns = REPORT.figures().getImportance().getColumnsList();
    assertThat(columns.get(0).getDrop()).isGreaterThan(0.01);
    assertThat(columns)
        .extracting(ColumnImportance::getDrop)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    // What no tree asks for cannot matter.
    List<String> asked =
        INPUT.model().getForest().getFeatureList().stream()
            .filter(feature -> feature >= 0)
            .map(feature -> INPUT.model().getEncoder().getFeatures(feature).getColumn())
            .distinct()
            .toList();
    assertThat(columns)
        .filteredOn(
            column -> Arrays.stream(column.getColumn().split(", ")).noneMatch(asked::contains))
        .isNotEmpty()
        .allSatisfy(column -> assertThat(column.getDrop()).isZero());
    assertThat(REPORT.figures().getImportance().getMeanAuroc())
        .isCloseTo(INPUT.test().getMeanAuroc(), within(1e-9));
  }

  @Test
  void explainsRowsAsTheScorerDoes() {
    // Drawn are all test rows, so that the mean size is that over all of them.
    Explainer explainer = Explainer.ofMostUrgent(CONTRACT, INPUT.model());
    Explainer.Scratch scratch = explainer.scratch();
    double sum = 0;
    int count = 0;
    for (CleanRow row : ROWS) {
      if (row.side() == Side.TEST) {
        count++;
        sum +=
            explainer.top(row.row(), 100, scratch).stream()
                .filter(reason -> reason.name().equals("number_inpatient"))
                .mapToDouble(reason -> Math.abs(reason.contribution()))
                .sum();
      }
    }
    assertThat(REPORT.figures().getShap().getRows()).isEqualTo(count);
    ColumnShap inpatient =
        REPORT.figures().getShap().getColumnsList().stream()
            .filter(column -> column.getColumn().equals("number_inpatient"))
            .findFirst()
            .orElseThrow();
    assertThat(inpatient.getMeanSize(2)).isCloseTo(sum / count, within(1e-5));
    assertThat(inpatient.getPlacesList())
        .allSatisfy(place -> assertThat(place).isBetween(0f, 1f))
        .contains(0f);
  }

  @Test
  void putsAContractOfAnotherShapeOnACard() {
    Contract contract = Contract.of(Visit.getDescriptor());
    ReportInput input = input(contract, GeneratedRows.of(contract, 3_000, 1));
    String other = text(ModelReport.of(input).attachments(1), ModelReport.CARD);
    assertThat(other).contains(contract.target().label()).doesNotContain("30 days", "NaN");
  }

  @Test
  void refusesScoresOfOtherRows() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ReportInput(
                    CONTRACT,
                    INPUT.model(),
                    "run",
                    INPUT.provenance(),
                    INPUT.validation(),
                    INPUT.test(),
                    INPUT.withoutHistory(),
                    INPUT.baseline(),
                    new Scores(3, 0),
                    INPUT.vectors(),
                    List.of()))
        .withMessageStartingWith("scores: 0 rows (expected: ");
  }

  private static String text(Map<String, ByteString> attachments, String name) {
    return Objects.requireNonNull(attachments.get(name)).toStringUtf8();
  }

  private static ReportInput input(Contract contract, List<CleanRow> rows) {
    TrainingData data =
        TrainingData.read(contract, GeneratedRows.source(rows), 50, Progress.UNWATCHED);
    int classes = contract.classes().size();
    TrainedTrees trees =
        TreeTrainer.train(
            data.vectors(Side.TRAIN), classes, TreeSettings.standard().withRounds(20), 7);
    Scores scores = scores(data, Side.TEST, trees, classes);
    Evaluation test =
        Evaluator.evaluate("test", scores, data.facts(Side.TEST), contract.classes(), 50, 1);
    return new ReportInput(
        contract,
        Model.newBuilder()
            .setName("readmission")
            .setContract(contract.name())
            .addAllClasses(contract.classes())
            .setEncoder(data.encoder().state())
            .setForest(trees.forest())
            .build(),
        "train_model_auroc",
        Provenance.newBuilder()
            .setSeed(5)
            .setDataSha256("0123abcd")
            .putAllSettings(TreeSettings.standard().asMap())
            .build(),
        Evaluator.evaluate("validation", scores(data, Side.VALIDATION, trees, classes)),
        test,
        test,
        test,
        scores,
        data.vectors(Side.TEST),
        List.of(search()));
  }

  private static Scores scores(TrainingData data, Side side, TrainedTrees trees, int classes) {
    Scores scores = new Scores(classes, data.vectors(side).rows());
    trees.predict(
        data.vectors(side),
        (row, found) ->
            scores.add(
                IntStream.range(0, classes).mapToDouble(c -> found[c]).toArray(),
                data.vectors(side).actualClass(row)));
    return scores;
  }

  private static SearchRecord search() {
    SearchRecord.Builder search =
        SearchRecord.newBuilder()
            .setObjective("mean_auroc")
            .setBest(2)
            .setEndedBy("12 trials")
            .setSeconds(3);
    for (int i = 1; i <= 12; i++) {
      search.addTrials(
          Trial.newBuilder()
              .setNumber(i)
              .setCandidate("xgboost")
              .setOrigin("tpe")
              .putSettings("max_depth", Integer.toString(i % 5))
              .setRounds(i == 9 ? 5 : 20)
              .setValue(0.65 + i % 4 / 100.0)
              .setState(i == 9 ? TrialState.STOPPED_EARLY : TrialState.COMPLETE));
    }
    return search.build();
  }
}
