package dev.alta.model.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Risk;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PredictorTest {
  private static final Contract CONTRACT = VisitModels.CONTRACT;

  @Test
  void answersWithClassesProbabilitiesAndRisk() {
    Predictor predictor = Predictor.of(CONTRACT, VisitModels.falls().build());
    Prediction prediction = predictor.predict(row(2));
    assertThat(predictor.classes()).containsExactly("no", "yes");
    assertThat(prediction.best()).isEqualTo(1);
    assertThat(prediction.probabilities().get(1))
        .isCloseTo(VisitModels.YES_AFTER_FALLS, within(1e-7));
    assertThat(prediction.probabilityReadmitted()).isEqualTo(prediction.probabilities().get(1));
    assertThat(prediction.probabilityMostUrgent()).isEqualTo(prediction.probabilities().get(1));
    assertThat(prediction.risk()).isEqualTo(Risk.HIGH);
    assertThat(prediction.riskPercentile())
        .isCloseTo(100 * VisitModels.YES_AFTER_FALLS, within(1e-3));
  }

  @Test
  void answersWithALinearModelAsWithTrees() {
    Model.Builder linear = VisitModels.falls().setLinear(VisitModels.linear()).clearSamples();
    // A visit with 3 falls is one deviation above the mean of 2, and without any two below.
    linear.addSamples(VisitModels.sample("3", 1 / (1 + Math.exp(-(0.25 + 1.5)))));
    linear.addSamples(VisitModels.sample("0", 1 / (1 + Math.exp(-(0.25 - 3)))));
    Predictor predictor = Predictor.of(CONTRACT, linear.build());
    predictor.selfCheck();
    List<Row> cleaned = IntStream.range(0, 70).mapToObj(i -> row(i % 5)).toList();
    assertThat(predictor.predict(cleaned, predictor.blockScratch()))
        .isEqualTo(cleaned.stream().map(predictor::predict).toList());
    assertThat(predictor.predict(row(4)).risk()).isEqualTo(Risk.HIGH);
  }

  @Test
  void usesAScratchAgainWithoutARemainder() {
    Predictor predictor = Predictor.of(CONTRACT, VisitModels.falls().build());
    Predictor.Scratch scratch = predictor.scratch();
    double[] probabilities = new double[2];
    predictor.probabilities(row(5), scratch, probabilities);
    predictor.probabilities(row(0), scratch, probabilities);
    assertThat(probabilities).containsExactly(predictor.probabilities(row(0)));
    assertThat(probabilities[1]).isCloseTo(VisitModels.YES_WITHOUT, within(1e-7));
  }

  @Test
  void answersManyRowsAsEachByItself() {
    Predictor predictor = Predictor.of(CONTRACT, VisitModels.falls().build());
    Predictor.BlockScratch scratch = predictor.blockScratch();
    for (int rows : new int[] {0, 1, 23, 64, 65, 200}) {
      List<Row> cleaned = IntStream.range(0, rows).mapToObj(i -> row(i % 5)).toList();
      assertThat(predictor.predict(cleaned, scratch))
          .isEqualTo(cleaned.stream().map(predictor::predict).toList());
    }
  }

  @Test
  void recomputesItsSamples() {
    assertThatCode(() -> Predictor.of(CONTRACT, VisitModels.falls().build()).selfCheck())
        .doesNotThrowAnyException();
  }

  @Test
  void namesTheSampleThatComesOutDifferently() {
    failsSelfCheck(
        model -> model.addSamples(VisitModels.sample("1", VisitModels.YES_WITHOUT + 2e-6)),
        "model visits: sample 2: probability of no: 0.73");
    failsSelfCheck(
        model -> model.getSamplesBuilder(1).setProbabilities(1, Double.NaN), "sample 1: ");
  }

  @Test
  void refusesSamplesThatTheContractDoesNotAccept() {
    failsSelfCheck(
        model -> model.getSamplesBuilder(0).putEncounter("ward", "hospice"),
        "sample 0: ward: refused");
    failsSelfCheck(
        model -> model.getSamplesBuilder(0).putEncounter("wards", "surgery"),
        "sample 0: wards: refused (expected: a column of alta.testing.Visit, such as ward)");
    failsSelfCheck(Model.Builder::clearSamples, "no samples");
    failsSelfCheck(
        model -> model.getSamplesBuilder(0).addProbabilities(0), "sample 0: probabilities: 3");
  }

  @Test
  void refusesAModelOfAnotherContract() {
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(
            () -> Predictor.of(Contract.of(Encounter.getDescriptor()), VisitModels.falls().build()))
        .withMessage("model visits: contract: alta.testing.Visit (expected: alta.v1.Encounter)");
  }

  @Test
  void refusesAModelThatDoesNotFit() {
    refuses(model -> model.addClasses("maybe"), "classes: [no, yes, maybe] (expected: [no, yes])");
    refuses(model -> model.getForestBuilder().setOutputs(3).addBase(0), "outputs: 3 (expected: 2)");
    refuses(Model.Builder::clearForest, "trained: nothing (expected: forest or linear)");
    refuses(
        model -> model.setLinear(VisitModels.linear().addWeight(1)),
        "linear: length of weight: 3 (expected: 2)");
    refuses(model -> model.getForestBuilder().setFeature(0, 1), "forest: feature[0]: 1");
    refuses(
        model -> model.getEncoderBuilder().getFeaturesBuilder(0).setColumn("height"),
        "column height");
    refuses(model -> model.getRiskScaleBuilder().setHighFrom(0.1f), "risk_scale: medium_from 0.2");
    refuses(
        model -> model.getRiskScaleBuilder().setQuantiles(500, 0.4f),
        "risk_scale: quantile 500: 0.4");
    refuses(model -> model.getRiskScaleBuilder().clearQuantiles(), "risk_scale: 0 quantiles");
  }

  private static void refuses(Consumer<Model.Builder> change, String message) {
    Model.Builder model = VisitModels.falls();
    change.accept(model);
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> Predictor.of(CONTRACT, model.build()))
        .withMessageContaining(message);
  }

  private static void failsSelfCheck(Consumer<Model.Builder> change, String message) {
    Model.Builder model = VisitModels.falls();
    change.accept(model);
    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> Predictor.of(CONTRACT, model.build()).selfCheck())
        .withMessageContaining(message);
  }

  private static Row row(long falls) {
    Row row = new Row(CONTRACT);
    row.put(CONTRACT.column("falls"), falls);
    return row;
  }
}
