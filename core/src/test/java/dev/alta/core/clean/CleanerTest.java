package dev.alta.core.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Encounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanerTest {
  private final Contract contract = Contract.of(Encounter.getDescriptor());
  private final Cleaner cleaner = new Cleaner(contract);

  private Row clean(Row raw) {
    return ((Cleaned.Kept) cleaner.clean(raw)).row();
  }

  @Test
  void turnsTheMissingMarkerIntoNotRecorded() {
    Row raw = new Row(contract);
    raw.put(contract.column("race"), "?");
    assertThat(clean(raw).recorded(contract.column("race"))).isFalse();
    assertThat(raw.text(contract.column("race"))).as("the raw row stays as it came").isEqualTo("?");
  }

  @Test
  void keepsNotMeasuredAsAValueOfItsOwn() {
    Row raw = new Row(contract);
    raw.put(contract.column("a1c_result"), "None");
    assertThat(clean(raw).position(contract.column("a1c_result"))).isZero();
  }

  @Test
  void fillsInTheDefaultOfALeftOutColumn() {
    assertThat(clean(new Row(contract)).text(contract.column("insulin"))).isEqualTo("No");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 13, 14, 19, 20, 21})
  void excludesThoseWhoDiedOrWentToHospice(long disposition) {
    Row raw = new Row(contract);
    raw.put(contract.column("discharge_disposition_id"), disposition);
    assertThat(cleaner.clean(raw))
        .isEqualTo(
            new Cleaned.Excluded(
                contract.column("discharge_disposition_id"), "died or in hospice care"));
  }

  @ParameterizedTest
  @CsvSource({
    "390, Circulatory",
    "459.9, Circulatory",
    "785, Circulatory",
    "460, Respiratory",
    "519, Respiratory",
    "786.5, Respiratory",
    "520, Digestive",
    "579, Digestive",
    "787, Digestive",
    "250, Diabetes",
    "250.83, Diabetes",
    "800, Injury",
    "999, Injury",
    "710, Musculoskeletal",
    "739, Musculoskeletal",
    "580, Genitourinary",
    "629, Genitourinary",
    "788, Genitourinary",
    "140, Neoplasms",
    "239, Neoplasms",
    "249, Other",
    "251, Other",
    "8, Other",
    "V57, Other",
    "E849, Other",
    "389, Other",
    "709, Other",
    "740, Other"
  })
  void groupsIcd9Codes(String code, String group) {
    CodeGroups groups = CodeGroups.of(CodeSystem.ICD9);
    assertThat(groups.names().get(groups.groupOf(code))).isEqualTo(group);
  }
}
