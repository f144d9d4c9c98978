package dev.alta.training.report;

import com.google.protobuf.ByteString;
import dev.alta.core.contract.Column;
import dev.alta.core.report.Svg;
import dev.alta.proto.v1.ModelFigures;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pictures of a card as files of their own, for whoever shows them elsewhere: {@code roc.svg},
 * {@code shap.svg}, for each class its {@code reliability-0.svg} and so on in the order of the
 * classes.
 */
final class CardPictures {
  private final List<String> labels;
  private final Map<String, ByteString> files = new TreeMap<>();

  private CardPictures(ReportInput input, ModelFigures figures) {
    this.labels = input.contract().target().values().stream().map(Column.Value::label).toList();
    ClassPictures classes = new ClassPictures(figures.getClassesList(), labels);
    add("roc", classes.roc(), labels);
    add("precision-recall", classes.precisionRecall(), labels);
    add("confusion", classes.confusion(input.test()), List.of());
    add("risk", classes.risk(), labels);
    for (int c = 0; c < labels.size(); c++) {
      add("reliability-" + c, classes.reliability(c), List.of());
    }
    ColumnPictures columns = new ColumnPictures(name -> ModelCard.label(input.contract(), name));
    add("shap", columns.beeswarm(figures.getShap()), List.of());
    add("shap-sizes", columns.shapBars(figures.getShap(), labels), labels);
    add("importance", columns.importance(figures.getImportance()), List.of());
  }

  /** By the names of the files. */
  static Map<String, ByteString> of(ReportInput input, ModelFigures figures) {
    return new CardPictures(input, figures).files;
  }

  private void add(String name, Svg picture, List<String> key) {
    files.put(name + ".svg", ByteString.copyFromUtf8(picture.alone(key)));
  }
}
