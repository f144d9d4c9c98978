package dev.alta.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
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
    assertThat(at(encoder, surgery, "ward other")).isZero();
    assertThat(at(encoder, surgery, "creatinine")).isEqualTo(1.5f);
    assertThat(at(encoder, surgery, "falls")).isEqualTo(2f);
    assertThat(at(encoder, surgery, "cause:Diabetes")).isOne();
    assertThat(at(encoder, surgery, "cause:Circulatory")).isZero();

    float[] medicine = encoder.encode(row("medicine", 1, "428"));
    assertThat(encoder.names()).doesNotContain("ward=medicine");
    assertThat(at(encoder, medicine, "ward=surgery")).isZero();
    assertThat(at(encoder, medicine, "ward other")).isOne();
  }

  @Test
  void encodesWhatIsNotRecorded() {
    Encoder encoder = fitted();
    float[] vector = encoder.encode(new Row(contract));
    assertThat(at(encoder, vector, "creatinine")).isNaN();
    assertThat(at(encoder, vector, "ward missing")).isOne();
    assertThat(at(encoder, vector, "ward other")).isZero();
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
      assertThat(encoder.columnOf(i)).isIn("ward", "creatinine", "falls", "cause");
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
}
