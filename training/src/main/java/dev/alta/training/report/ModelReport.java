package dev.alta.training.report;

import com.google.protobuf.ByteString;
import dev.alta.core.feature.Encoder;
import dev.alta.model.registry.Attachments;
import dev.alta.proto.v1.ModelFigures;
import dev.alta.training.evaluate.Curves;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a version says of itself: the figures of its pictures and its card. The figures are computed
 * once; only the number of the version is still to be given.
 */
public final class ModelReport {
  /** Name of the object that holds the figures: {@link ModelFigures} as JSON. */
  public static final String FIGURES = "figures.json";

  /** Name of the object that holds the card: one HTML page. */
  public static final String CARD = "card.html";

  private static final Logger log = LoggerFactory.getLogger(ModelReport.class);

  private final ReportInput input;
  private final ModelFigures figures;

  private ModelReport(ReportInput input, ModelFigures figures) {
    this.input = input;
    this.figures = figures;
  }

  /** Computes all figures; draws rows by the provenance's seed. */
  public static ModelReport of(ReportInput input) {
    long start = System.nanoTime();
    long seed = input.provenance().getSeed();
    ModelColumns columns =
        new ModelColumns(Encoder.of(input.contract(), input.model().getEncoder()));
    ModelFigures.Builder figures =
        ModelFigures.newBuilder()
            .setName(input.model().getName())
            .setImportance(ColumnShuffle.of(input.model(), columns, input.vectors(), seed))
            .setShap(ShapOfRows.of(input.model(), columns, input.vectors(), seed));
    for (int c = 0; c < input.model().getClassesCount(); c++) {
      figures.addClasses(Curves.of(input.scores(), c, input.model().getClasses(c)));
    }
    input.searches().forEach(search -> figures.addSearches(SettingRanks.of(search)));
    log.info("figures of the card in {} ms", (System.nanoTime() - start) / 1_000_000);
    return new ModelReport(input, figures.build());
  }

  /** What the pictures draw; without the version's number. */
  public ModelFigures figures() {
    return figures;
  }

  /** The objects to be kept with a version, by name. */
  public Map<String, ByteString> attachments(int version) {
    ModelFigures ofVersion = figures.toBuilder().setVersion(Integer.toString(version)).build();
    Map<String, ByteString> objects = new TreeMap<>(CardPictures.of(input, ofVersion));
    objects.put(FIGURES, Attachments.json(ofVersion));
    objects.put(CARD, ByteString.copyFromUtf8(ModelCard.html(input, ofVersion)));
    return objects;
  }
}
