package dev.alta.core.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.CodeSystem;
import dev.alta.proto.v1.Encounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void cleansARowThatIsGivenAwayWithoutACopy() {
    Row raw = new Row(contract);
    raw.put(contract.column("race"), "?");
    Cleaned expected = cleaner.clean(raw);
    Cleaned found = cleaner.cleanInPlace(raw);
    assertThat(found).isEqualTo(expected);
    assertThat(((Cleaned.Kept) found).row()).isSameAs(raw);
  }

  @Test
  void placesEachCodeAtTheNumberThatItsDigitsSay() {
    CodeGroups groups = CodeGroups.of(CodeSystem.ICD9);
    Map<Integer, String> categories = new HashMap<>();
    for (int whole = 0; whole < 1_000; whole++) {
      String three = String.format("%03d", whole);
      for (String category : List.of("" + whole, "V" + three.substring(1), "E" + three)) {
        String digits = category.substring(Character.isDigit(category.charAt(0)) ? 0 : 1);
        float first = category.startsWith("V") ? 1_000 : category.startsWith("E") ? 2_000 : 0;
        for (int behind = -1; behind < 100; behind++) {
          String point = behind < 0 ? "" : "." + behind;
          float place = first + Float.parseFloat(digits + point);
          if (groups.positionOf(category + point) != place) {
            assertThat(groups.positionOf(category + point)).as(category + point).isEqualTo(place);
          }
        }
        int number = groups.categoryNumber(category + ".1");
        assertThat(number).isBetween(0, groups.categories() - 1);
        assertThat(categories.merge(number, category, (known, same) -> known)).isEqualTo(category);
      }
    }
    // 0 to 999, V00 to V99, E000 to E999; 5 and 005 are not the same.
    assertThat(categories).hasSize(2_100);
    assertThat(groups.categoryNumber("5")).isNotEqualTo(groups.categoryNumber("005"));
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
