package dev.alta.training.report;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.report.Html;
import dev.alta.core.report.Page;
import dev.alta.core.report.Table;
import dev.alta.proto.v1.ModelFigures;
import dev.alta.proto.v1.Provenance;
import dev.alta.proto.v1.SearchFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody should know of a version before relying on it, as one HTML page (after Mitchell et
 * al. 2019, "Model cards for model reporting").
 */
final class ModelCard {
  private final ReportInput input;
  private final ModelFigures figures;
  private final List<String> labels;
  private final CardWords words;
  private final SubgroupSection subgroups;
  private final Page page;

  private ModelCard(ReportInput input, ModelFigures figures) {
    this.input = input;
    this.figures = figures;
    this.labels = input.contract().target().values().stream().map(Column.Value::label).toList();
    this.words = new CardWords(input, labels);
    this.subgroups = new SubgroupSection(input);
    this.page = new Page("Model card: " + figures.getName() + ", version " + figures.getVersion());
  }

  static String html(ReportInput input, ModelFigures figures) {
    return new ModelCard(input, figures).html();
  }

  private String html() {
    page.say(words.what());
    facts();
    page.section("What it is for", "").list(words.purposes());
    page.section("What it is not for", "").list(words.noPurposes());
    page.section("How good it is", "On test patients of whom it has seen no encounter:")
        .list(words.quality());
    figures();
    curves();
    columns();
    subgroups.addTo(page);
    figures.getSearchesList().forEach(this::search);
    page.section("Limits", "").list(words.limits(subgroups));
    provenance();
    return page.toString();
  }

  private void facts() {
    int last = labels.size() - 1;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("AUROC, " + labels.get(last), number(input.test().getAuroc(last)));
    facts.put("mean AUROC", number(input.test().getMeanAuroc()));
    facts.put("accuracy", FigureTable.percent(input.test().getAccuracy()));
    facts.put("calibration error", String.format(Locale.ROOT, "%.4f", calibrationError()));
    facts.put("test rows", Html.count(input.test().getRows()));
    facts.put("rows learned from", Html.count(input.provenance().getTrainingRows()));
    facts.put("columns", Html.count(figures.getImportance().getColumnsCount()));
    facts.put("trees", Html.count(input.model().getForest().getTreeRootCount()));
    page.facts(facts);
  }

  private double calibrationError() {
    return input.test().getCalibrationError();
  }

  private void figures() {
    FigureTable table = new FigureTable(input);
    String patients =
        input.test().getPatients() > 0
            ? " from drawing the " + Html.count(input.test().getPatients()) + " patients anew"
            : "";
    page.section(
            "Figures",
            "Test and validation rows are of other patients than those learned from. Intervals are"
                + patients
                + ". Without a model: knowing only how frequent the classes are.")
        .open()
        .fullCard("All figures", "Classes: " + outcomes() + ".", table.figures())
        .fullCard(
            "The highest risks of “" + labels.get(labels.size() - 1) + "”",
            "What acting on them would find.",
            table.top())
        .close();
  }

  private void curves() {
    ClassPictures pictures = new ClassPictures(figures.getClassesList(), labels);
    String key = Page.key(labels);
    page.section("Ranking and probabilities", "Of the test rows, one class against the others.")
        .open()
        .card("ROC curves", "Broken line: chance.", key + pictures.roc())
        .card(
            "Precision and recall",
            "Broken lines: chance, the share of each class.",
            key + pictures.precisionRecall())
        .card(
            "Confusion matrix",
            "Rows by actual outcome and the one that was most probable: " + outcomes() + ".",
            pictures.confusion(input.test()).toString())
        .card(
            "Probabilities by actual class",
            "What the most urgent outcome was given, for rows of each class. The last step takes all"
                + " above.",
            key + pictures.risk());
    for (int c = labels.size() - 1; c >= 0; c--) {
      page.card(
          "Reliability: " + labels.get(c),
          "Ten groups of equal size; on the broken line probability and share agree.",
          pictures.reliability(c).toString());
    }
    page.close();
  }

  /** Which short name stands for which outcome. */
  private String outcomes() {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      String name = input.model().getClasses(c);
      names.add(
          name.equals(labels.get(c)) ? name : name + " " + labels.get(c).toLowerCase(Locale.ROOT));
    }
    return String.join(", ", names);
  }

  private void columns() {
    ColumnPictures pictures = new ColumnPictures(name -> label(input.contract(), name));
    String urgent = labels.get(labels.size() - 1);
    page.section(
            "What matters",
            "The columns that move the answers most. What goes along with an outcome need not cause"
                + " it.")
        .open()
        .card(
            "SHAP: contributions to “" + urgent + "”",
            "One dot for each of some test rows: how far its value moved the margin.",
            "<p class=\"faint\">small value<span class=\"ramp\"></span>large value; grey: not recorded,"
                + " or without an order</p>"
                + pictures.beeswarm(figures.getShap()))
        .card(
            "SHAP: mean size of the contributions",
            "Over " + Html.count(figures.getShap().getRows()) + " test rows, to each class.",
            Page.key(labels) + pictures.shapBars(figures.getShap(), labels))
        .card(
            "Permutation importance",
            String.format(
                Locale.ROOT,
                "How much the mean AUROC (%.4f) falls when a column's values are dealt out anew among"
                    + " %,d test rows; mean and deviation of %d times.",
                figures.getImportance().getMeanAuroc(),
                figures.getImportance().getRows(),
                figures.getImportance().getRepeats()),
            pictures.importance(figures.getImportance()).toString())
        .close();
  }

  private void search(SearchFigures search) {
    String objective = SearchPictures.objective(search.getSearch());
    page.section("Search for the best " + objective, SearchPictures.best(search.getSearch()))
        .open()
        .card(
            "Trials",
            "By " + objective + " on the validation rows. The worst tenth lies at the lower edge.",
            SearchPictures.history(search.getSearch()));
    if (search.getSettingsCount() > 0) {
      page.card(
          "Which settings mattered",
          "Rank correlation of each setting with the value, by itself.",
          SearchPictures.settings(search));
    }
    page.close();
  }

  private void provenance() {
    Provenance from = input.provenance();
    Table table = Table.ofWords();
    table.row(List.of("data", "generation " + from.getDataGeneration() + " of clean_data"));
    table.row(List.of("digest of the data", from.getDataSha256()));
    table.row(List.of("contract", input.contract().name()));
    table.row(List.of("trainer", from.getTrainer()));
    table.row(List.of("code", from.getCodeVersion()));
    table.row(List.of("seed", Long.toString(from.getSeed())));
    table.row(List.of("Java", from.getJvm()));
    table.row(
        List.of("time to train", String.format(Locale.ROOT, "%.1f s", from.getTrainingSeconds())));
    if (!from.getWorkflow().isEmpty()) {
      table.row(List.of("workflow", from.getWorkflow()));
    }
    new TreeMap<>(from.getSettingsMap())
        .forEach((name, value) -> table.row(List.of("setting " + name, value)));
    page.section("Provenance", "The same again gives the same model.")
        .open()
        .card("From what it was made", "", table.toString())
        .close();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** What people read in place of a column's name, or of the names of columns that go together. */
  static String label(Contract contract, String names) {
    int end = names.indexOf(", ");
    if (end < 0) {
      return contract.find(names).map(Column::label).orElse(names);
    }
    return label(contract, names.substring(0, end)) + " and others";
  }
}
