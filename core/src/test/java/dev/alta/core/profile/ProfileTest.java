package dev.alta.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.generate.Effects;
import dev.alta.core.generate.EncounterGenerator;
import dev.alta.proto.v1.BatchProfile;
import dev.alta.proto.v1.Bin;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Encounter;
import dev.alta.testing.Visit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ProfileTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final List<Row> ROWS = rows(5_000);

  @Test
  void countsWhatIsInTheRows() {
    DataProfile profile = profile(List.of(0, 1, 2, 3, 4));
    ProfileView view = new ProfileView(CONTRACT, profile);
    long missing = ROWS.stream().filter(r -> !r.recorded(CONTRACT.column("weight"))).count();
    assertThat(view.rows()).isEqualTo(ROWS.size());
    assertThat(view.missingShare("weight")).isEqualTo((double) missing / ROWS.size());
    assertThat(view.shares("gender").values().stream().mapToDouble(s -> s).sum())
        .isCloseTo(1, within(1e-9));
    double mean =
        ROWS.stream()
            .mapToDouble(r -> r.number(CONTRACT.column("num_medications")))
            .average()
            .orElseThrow();
    assertThat(view.mean("num_medications").orElseThrow()).isCloseTo(mean, within(1e-9));
    List<Double> sorted =
        ROWS.stream().map(r -> r.number(CONTRACT.column("num_medications"))).sorted().toList();
    assertThat(view.quantile("num_medications", 0.5))
        .hasValue(sorted.get((sorted.size() + 1) / 2 - 1));
    assertThat(
            view.of("num_medications").getNumber().getBinsList().stream().mapToInt(Bin::getCount))
        .hasSizeLessThanOrEqualTo(40);
    assertThat(
            view.of("num_medications").getNumber().getBinsList().stream()
                .mapToInt(Bin::getCount)
                .sum())
        .isEqualTo(ROWS.size());
  }

  @Test
  void isTheSameInWhateverOrderBatchesCome() {
    assertThat(profile(List.of(3, 1, 4, 0, 2))).isEqualTo(profile(List.of(0, 1, 2, 3, 4)));
  }

  @Test
  void saysOfEachBatchWhatSetsItApart() {
    DataProfile profile = profile(List.of(0, 1, 2, 3, 4));
    assertThat(profile.getBatchesList())
        .extracting(BatchProfile::getFirstBatch)
        .containsExactly(1, 2, 3, 4, 5);
    int target = CONTRACT.target().index();
    for (int label = 0; label < 3; label++) {
      int position = label;
      assertThat(
              profile.getBatchesList().stream()
                  .mapToInt(batch -> batch.getColumns(target).getCounts(position))
                  .sum())
          .isEqualTo(profile.getColumns(target).getValues(label).getCount());
    }
  }

  @Test
  void saysNothingOfNumbersThatStandForSomebody() {
    for (String column : List.of("encounter_id", "patient_nbr")) {
      ColumnProfile counted = profile(List.of(0)).getColumns(CONTRACT.column(column).index());
      assertThat(counted.getValuesCount()).isZero();
      assertThat(counted.hasNumber()).isFalse();
      assertThat(counted.getOthers()).isZero();
    }
  }

  @Test
  void takesNeighbouringBatchesTogetherWhereThereAreMany() {
    DataTally tally = new DataTally();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 1; i <= 1_001; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(1));
    for (int number : numbers) {
      BatchTally batch = new BatchTally(CONTRACT, number);
      batch.add(ROWS.get(number));
      tally.add(batch);
    }
    DataProfile profile = ProfileBuilder.build(CONTRACT, 1, tally);
    assertThat(profile.getBatchesCount()).isLessThanOrEqualTo(200);
    assertThat(profile.getBatches(0).getFirstBatch()).isEqualTo(1);
    assertThat(profile.getBatches(0).getLastBatch()).isEqualTo(6);
    assertThat(profile.getBatchesList().stream().mapToInt(BatchProfile::getRows).sum())
        .isEqualTo(1_001);
  }

  @Test
  void roundsNumbersByLessThanOnePercentWhereThereAreManyDifferentOnes() {
    NumberTally one = new NumberTally();
    NumberTally other = new NumberTally();
    LongStream.range(0, 10_000).forEach(i -> (i % 3 == 0 ? one : other).add(i + 0.5, 1));
    one.add(other);

    assertThat(one.count()).isEqualTo(10_000);
    assertThat(one.mean()).isCloseTo(5_000, within(1e-6));
    assertThat(one.min()).isEqualTo(0.5);
    assertThat(one.max()).isEqualTo(9_999.5);
    assertThat(one.counts()).hasSizeLessThan(2_300);
    assertThat(one.quantile(0.5)).isCloseTo(5_000, within(50.0));
    assertThat(one.quantile(0.99)).isCloseTo(9_900, within(99.0));
    assertThat(one.standardDeviation()).isCloseTo(10_000 / Math.sqrt(12), within(30.0));
  }

  @Test
  void countsTextsThatAreTooManyTogether() {
    ColumnTally tally = new ColumnTally(0);
    for (int i = 0; i < 3_000; i++) {
      tally.addText("text " + i);
      tally.addText("text 0");
    }
    assertThat(tally.texts()).hasSize(ColumnTally.MOST_TEXTS).containsEntry("text 0", 3_001L);
    assertThat(tally.others()).isEqualTo(2_000);
  }

  @Test
  void refusesTheProfileOfAnotherContract() {
    DataProfile profile = profile(List.of(0));
    assertThatThrownBy(() -> new ProfileView(Contract.of(Visit.getDescriptor()), profile))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("profile of alta.v1.Encounter (expected: alta.testing.Visit)");
  }

  /** Of five batches, two workers, and an order. */
  private static DataProfile profile(List<Integer> order) {
    DataTally first = new DataTally();
    DataTally second = new DataTally();
    for (int i = 0; i < order.size(); i++) {
      int number = order.get(i);
      BatchTally batch = new BatchTally(CONTRACT, number + 1L);
      ROWS.subList(number * ROWS.size() / 5, (number + 1) * ROWS.size() / 5).forEach(batch::add);
      (i % 2 == 0 ? first : second).add(batch);
    }
    DataTally all = new DataTally();
    all.add(second);
    all.add(first);
    return ProfileBuilder.build(CONTRACT, 1, all);
  }

  private static List<Row> rows(int number) {
    EncounterGenerator generator = new EncounterGenerator(CONTRACT, Effects.of(CONTRACT), 1);
    Cleaner cleaner = new Cleaner(CONTRACT);
    List<Row> rows = new ArrayList<>();
    while (rows.size() < number) {
      if (cleaner.clean(generator.next()) instanceof Cleaned.Kept kept) {
        rows.add(kept.row());
      }
    }
    return rows;
  }
}
