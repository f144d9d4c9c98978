package dev.alta.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.EncoderFitter;
import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Forest;
import dev.alta.proto.v1.Link;
import dev.alta.proto.v1.Model;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExplainerTest {
  private static final Contract CONTRACT = VisitModels.CONTRACT;

  @Test
  void namesTheColumnItsValueAndWhichWayItMovesTheClass() {
    Explainer explainer = Explainer.ofMostUrgent(CONTRACT, VisitModels.falls().build());
    Explainer.Scratch scratch = explainer.scratch();
    // Half of the training rows went each way, so that the expectation is 0.
    assertThat(explainer.expected()).isZero();
    assertThat(explainer.top(row(3), 3, scratch))
        .containsExactly(new Reason(List.of(CONTRACT.column("falls")), "3", 1));
    assertThat(explainer.top(row(0), 3, scratch))
        .containsExactly(new Reason(List.of(CONTRACT.column("falls")), "0", -1));
    assertThat(explainer.top(row(0), 0, scratch)).isEmpty();
    assertThat(Explainer.of(CONTRACT, VisitModels.falls().build(), 0).top(row(3), 3, scratch))
        .isEmpty();
  }

  @Test
  void addsUpTheFeaturesOfAColumn() {
    Model model = ward();
    Explainer explainer = Explainer.ofMostUrgent(CONTRACT, model);
    Row row = row(0);
    row.put(CONTRACT.column("ward"), "medicine");
    List<Reason> reasons = explainer.top(row, 9, explainer.scratch());
    // ward=medicine moves one tree, ward=surgery the other; both are the column ward.
    assertThat(reasons).extracting(Reason::name).containsExactly("ward");
    assertThat(reasons.get(0).value()).isEqualTo("medicine");
    assertThat(explainer.expected() + reasons.get(0).contribution())
        .isCloseTo(2 + 16, within(1e-6));
    row.clear(CONTRACT.column("ward"));
    assertThat(explainer.top(row, 9, explainer.scratch()).get(0).value()).isEmpty();
  }

  @Test
  void saysWhatALinearModelGivesForAColumn() {
    Model linear = VisitModels.falls().setLinear(VisitModels.linear()).build();
    Explainer explainer = Explainer.ofMostUrgent(CONTRACT, linear);
    // On average a row is half a deviation above the mean.
    assertThat(explainer.expected()).isEqualTo(0.25 + 1.5 * 0.5);
    assertThat(explainer.top(row(4), 3, explainer.scratch()))
        .containsExactly(new Reason(List.of(CONTRACT.column("falls")), "4", 1.5 * (2 - 0.5)));
  }

  @Test
  void refusesAModelWhoseCoversAreNone() {
    Model.Builder model = VisitModels.falls();
    model.getForestBuilder().setCover(1, Float.NaN);
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> Explainer.ofMostUrgent(CONTRACT, model.build()))
        .withMessage("model visits: forest: cover[1]: NaN (expected: a number from 0 on)");
  }

  /** Two trees: is the ward medicine (1 or 2), is it surgery (16 or 32). */
  private static Model ward() {
    EncoderFitter fitter = new EncoderFitter(CONTRACT);
    for (String ward : List.of("medicine", "surgery")) {
      Row row = row(0);
      row.put(CONTRACT.column("ward"), ward);
      fitter.add(row);
    }
    Encoder encoder = fitter.fit(1).state();
    Forest.Builder forest =
        Forest.newBuilder().setOutputs(2).addBase(0).addBase(0).setLink(Link.SOFTMAX);
    List<String> asked = List.of("ward=medicine", "ward=surgery");
    for (int tree = 0; tree < 2; tree++) {
      int feature = fitter.fit(1).names().indexOf(asked.get(tree));
      forest.addTreeRoot(3 * tree).addTreeOutput(1);
      forest.addFeature(feature).addValue(0.5f).addLeft(1).addRight(2).addDefaultLeft(true);
      forest.addFeature(-1).addValue(1 << (4 * tree)).addLeft(0).addRight(0).addDefaultLeft(false);
      forest.addFeature(-1).addValue(2 << (4 * tree)).addLeft(0).addRight(0).addDefaultLeft(false);
      forest.addCover(4).addCover(3).addCover(1);
    }
    return VisitModels.falls().setEncoder(encoder).setForest(forest).build();
  }

  private static Row row(long falls) {
    Row row = new Row(CONTRACT);
    row.put(CONTRACT.column("falls"), falls);
    return row;
  }
}
