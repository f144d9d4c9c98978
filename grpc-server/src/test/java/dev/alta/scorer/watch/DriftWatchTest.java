package dev.alta.scorer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.alta.core.clean.Cleaned;
import dev.alta.core.clean.Cleaner;
import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.Row;
import dev.alta.core.contract.RowMessage;
import dev.alta.core.profile.BatchTally;
import dev.alta.core.profile.DataTally;
import dev.alta.core.profile.ProfileBuilder;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import dev.alta.scorer.log.Answered;
import dev.alta.scorer.predict.Admission;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

final class DriftWatchTest {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final Admission ADMISSION = new Admission(CONTRACT);
  private static final Manifest MODEL =
      Manifest.newBuilder()
          .setVersion("3")
          .setValidation(Evaluation.newBuilder().setRows(1_000))
          .build();

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final DriftWatch watch =
      new DriftWatch(
          CONTRACT,
          ADMISSION,
          () -> Optional.of(MODEL),
          version -> Optional.of(profile()),
          Duration.ZERO,
          metrics);

  @Test
  void findsNothingInEncountersLikeThoseThatTheModelWasMadeFrom() {
    answer(1_000, i -> i % 10, i -> i % 100);

    assertThat(psi("number_inpatient")).isZero();
    assertThat(metrics.get("score.drift.psi").gauge().value()).isLessThan(0.01);
    assertThat(metrics.get("drift.window.rows").gauge().value()).isEqualTo(1_000);
  }

  @Test
  void findsTheColumnAndTheScoresThatHaveMoved() {
    answer(1_000, i -> 5 + i % 5, i -> 60 + i % 40);

    assertThat(psi("number_inpatient")).isGreaterThan(0.25);
    assertThat(psi("time_in_hospital")).isZero();
    assertThat(metrics.get("score.drift.psi").gauge().value()).isGreaterThan(0.25);
  }

  @Test
  void slidesOverTheLatestAnswers() {
    answer(1_000, i -> 9, i -> 95);
    answer(5_000, i -> i % 10, i -> i % 100);

    assertThat(psi("number_inpatient")).isZero();
    assertThat(metrics.get("drift.window.rows").gauge().value()).isEqualTo(5_000);
  }

  @Test
  void looksAtSomeAnswersOnlyWhereThereAreMany() {
    DriftWatch seldom =
        new DriftWatch(
            CONTRACT,
            ADMISSION,
            () -> Optional.of(MODEL),
            version -> Optional.of(profile()),
            Duration.ofHours(1),
            new SimpleMeterRegistry());
    for (int i = 0; i < 100; i++) {
      seldom.seen(List.of(answered(0, 0)));
    }

    assertThat(seldom.rows()).isEqualTo(1);
  }

  private void answer(int answers, IntUnaryOperator stays, IntUnaryOperator percentile) {
    for (int i = 0; i < answers; i++) {
      watch.seen(List.of(answered(stays.applyAsInt(i), percentile.applyAsInt(i))));
    }
    watch.compare();
  }

  private double psi(String column) {
    return metrics.get("input.drift.psi").tag("column", column).gauge().value();
  }

  private static DataProfile profile() {
    BatchTally batch = new BatchTally(CONTRACT, 1);
    Cleaner cleaner = new Cleaner(CONTRACT);
    for (int i = 0; i < 1_000; i++) {
      Row row = row(i % 10);
      row.put(CONTRACT.key(), i + 1);
      row.put(CONTRACT.patient(), i + 1);
      row.put(CONTRACT.target(), "NO");
      batch.add(((Cleaned.Kept) cleaner.clean(row)).row());
    }
    DataTally tally = new DataTally();
    tally.add(batch);
    return ProfileBuilder.build(CONTRACT, 1, tally);
  }

  private static Answered answered(int stays, int percentile) {
    return new Answered(
        RowMessage.write(row(stays), Encounter.newBuilder()).build().toByteString(),
        ByteString.EMPTY,
        "r",
        "readmission",
        "3",
        "<30",
        percentile,
        Instant.EPOCH,
        1);
  }

  /** The first value of each required column, but so many inpatient stays. */
  private static Row row(int stays) {
    Intake intake = new Intake(CONTRACT, Door.SCORE);
    for (Column column : CONTRACT.columns()) {
      if (column.requiredAt(Door.SCORE) && !column.name().equals("number_inpatient")) {
        intake.text(
            column,
            column.hasRange()
                ? Long.toString((long) column.min())
                : column.values().get(0).value());
      }
    }
    intake.text(CONTRACT.column("number_inpatient"), Integer.toString(stays));
    return ((Checked.Accepted) intake.finish()).row();
  }
}
