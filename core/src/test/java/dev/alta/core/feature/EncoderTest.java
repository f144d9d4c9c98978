package dev.alta.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.FeatureKind;
import dev.alta.testing.Visit;
import org.junit.jupiter.api.Test;

class EncoderTest {
  private final Contract contract = Contract.of(Visit.getDescriptor());

  private Row row(String ward, double creatinine, String cause) {
    Row row = new Row(contract);
    row.put(contract.column("ward"), ward);
    row.put(contract.column("creatinine"), creatinine);
    row.put(contract.column("falls"), 2);
    row.put(contract.column("cause"), cause);
    return row;
  }

  private Encoder fitted() {
    EncoderFitter fitter = new EncoderFitter(contract);
    for (int i = 0; i < 5; i++) {
      fitter.add(row("surgery", 1, "428"));
    }
    fitter.add(row("medicine", 1, "428"));
    return fitter.fit(2);
  }

  private static float at(Encoder encoder, float[] vector, String name) {
    assertThat(encoder.names()).contains(name);
    return vector[encoder.names().indexOf(name)];
  }

  @Test
  void givesFrequentValuesAFeatureOfTheirOwnAndTheRestOneTogether() {
    Encoder encoder = fitted();
    float[] surgery = encoder.encode(row("surgery", 1.5, "250.1"));
    assertThat(at(encoder, surgery, "ward=surgery")).isOne();
    assertThat(at(encoder, surgery, "ward other")).isNaN();
    assertThat(at(encoder, surgery, "creatinine")).isEqualTo(1.5f);
    assertThat(at(encoder, surgery, "falls")).isEqualTo(2f);
    assertThat(at(encoder, surgery, "cause:Diabetes")).isOne();
    assertThat(at(encoder, surgery, "cause:Circulatory")).isNaN();

    float[] medicine = encoder.encode(row("medicine", 1, "428"));
    assertThat(encoder.names()).doesNotContain("ward=medicine");
    assertThat(at(encoder, medicine, "ward=surgery")).isNaN();
    assertThat(at(encoder, medicine, "ward other")).isOne();
  }

  @Test
  void encodesACodeByItsPlaceItsGroupAndItsCategory() {
    Encoder encoder = fitted();
    float[] frequent = encoder.encode(row("surgery", 1, "428.3"));
    assertThat(at(encoder, frequent, "cause code")).isEqualTo(428.3f);
    assertThat(at(encoder, frequent, "cause:Circulatory")).isOne();
    assertThat(at(encoder, frequent, "cause=428")).isOne();

    float[] rare = encoder.encode(row("surgery", 1, "V57"));
    assertThat(at(encoder, rare, "cause code")).isEqualTo(1_057f);
    assertThat(at(encoder, rare, "cause=428")).isNaN();
    assertThat(encoder.names()).doesNotContain("cause=V57");
  }

  @Test
  void refusesACategoryThatIsNone() {
    Encoder encoder = fitted();
    dev.alta.proto.v1.Encoder.Builder state = encoder.state().toBuilder();
    state.getFeaturesBuilder(encoder.names().indexOf("cause=428")).setValue("428.3");
    assertThatThrownBy(() -> Encoder.of(contract, state.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature cause=428: value 428.3 (expected: a category of the codes in cause)");
  }

  @Test
  void looksForACategoryAmongTheCodesOfAllColumns() {
    Contract encounters = Contract.of(Encounter.getDescriptor());
    EncoderFitter fitter = new EncoderFitter(encounters);
    Row row = new Row(encounters);
    row.put(encounters.column("diag_1"), "250.83");
    row.put(encounters.column("diag_3"), "250.1");
    fitter.add(row);
    Encoder once = fitter.fit(1);
    assertThat(fitter.fit(2).names()).doesNotContain("diag_1|diag_2|diag_3=250");
    Row second = new Row(encounters);
    second.put(encounters.column("diag_2"), "250");
    assertThat(at(once, once.encode(second), "diag_1|diag_2|diag_3=250")).isOne();
    int feature = once.names().indexOf("diag_2 code");
    assertThat(once.inputs().get(once.inputOf(feature)))
        .extracting(Column::name)
        .containsExactly("diag_1", "diag_2", "diag_3");
  }

  @Test
  void saysNoByZeroWhereAnOlderModelWasGrownSo() {
    Encoder zeros =
        Encoder.of(contract, fitted().state().toBuilder().setNoIsMissing(false).build());
    float[] vector = zeros.encode(row("medicine", 1, "V57"));
    assertThat(at(zeros, vector, "ward=surgery")).isZero();
    assertThat(at(zeros, vector, "cause=428")).isZero();
    assertThat(at(zeros, zeros.encode(new Row(contract)), "cause code")).isNaN();
  }

  @Test
  void encodesWhatIsNotRecorded() {
    Encoder encoder = fitted();
    float[] vector = encoder.encode(new Row(contract));
    assertThat(at(encoder, vector, "creatinine")).isNaN();
    assertThat(at(encoder, vector, "ward missing")).isOne();
    assertThat(at(encoder, vector, "ward other")).isNaN();
  }

  @Test
  void overwritesWhatTheVectorHeld() {
    Encoder encoder = fitted();
    float[] vector = encoder.encode(row("surgery", 1.5, "428"));
    encoder.encode(row("medicine", 2, "428"), vector);
    assertThat(vector).isEqualTo(encoder.encode(row("medicine", 2, "428")));
  }

  @Test
  void leavesOutKeyPatientAndTarget() {
    Encoder encoder = fitted();
    for (int i = 0; i < encoder.size(); i++) {
      assertThat(encoder.inputs().get(encoder.inputOf(i)))
          .extracting(Column::name)
          .isSubsetOf(
              "ward",
              "creatinine",
              "falls",
              "cause",
              "earlier_visits",
              "earlier_falls",
              "last_falls",
              "visits_between");
    }
  }

  @Test
  void isTheSameAfterItWasKept() {
    Encoder encoder = fitted();
    Encoder kept = Encoder.of(contract, encoder.state());
    Row row = row("surgery", 3, "V57");
    assertThat(kept.encode(row)).isEqualTo(encoder.encode(row));
  }

  @Test
  void refusesAFeatureOfAColumnThatDoesNotExist() {
    var state =
        dev.alta.proto.v1.Encoder.newBuilder()
            .addFeatures(
                Feature.newBuilder()
                    .setName("f")
                    .setColumn("nowhere")
                    .setKind(FeatureKind.QUANTITY))
            .build();
    assertThatThrownBy(() -> Encoder.of(contract, state))
        .hasMessage("feature f: column nowhere (expected: a column of alta.testing.Visit)");
  }

  @Test
  void refusesToReadCodesWhereThereAreNone() {
    assertThatThrownBy(() -> encoder(feature(FeatureKind.IS_GROUP, "ward")))
        .hasMessage("feature f: IS_GROUP of column ward (expected: a column of codes)");
    assertThatThrownBy(() -> encoder(feature(FeatureKind.CODE_POSITION, "falls")))
        .hasMessageStartingWith("feature f: CODE_POSITION of column falls");
    assertThatThrownBy(
            () ->
                encoder(
                    feature(FeatureKind.IS_CODE_CATEGORY, "cause")
                        .setValue("250")
                        .addMoreColumns("ward")))
        .hasMessage("feature f: column ward (expected: columns of codes, all of one system)");
  }

  @Test
  void refusesMoreSetsOfColumnsThanMemoryBears() {
    assertThatThrownBy(
            () ->
                encoder(
                    feature(FeatureKind.IS_CODE_CATEGORY, "cause")
                        .setValue("250")
                        .addMoreColumns("cause")))
        .hasMessageStartingWith("feature f: columns [cause, cause] (expected: each once");
  }

  private Encoder encoder(Feature.Builder feature) {
    return Encoder.of(
        contract, dev.alta.proto.v1.Encoder.newBuilder().addFeatures(feature).build());
  }

  private static Feature.Builder feature(FeatureKind kind, String column) {
    return Feature.newBuilder().setName("f").setColumn(column).setKind(kind);
  }
}
