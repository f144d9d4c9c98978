package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alta.database.PipelineFigures.OfKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PipelineFiguresIT {
  private DatabaseSettings settings;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    settings = TestDatabase.empty();
    database = Database.open(settings, Visits.CONTRACT);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long begin(String kind) {
    return database.runs().begin(new RunStart(kind, "x", "ann", OptionalLong.empty()), "[local]");
  }

  @Test
  void isEmptyWhereNothingHasHappened() {
    PipelineFigures figures = database.pipelineFigures();

    assertThat(figures.runs()).isEmpty();
    assertThat(figures.workflows()).isEmpty();
    assertThat(figures.ledger().totals()).isEqualTo(new LedgerTotals(0, 0, 0, 0, 0));
    assertThat(figures.ledger().lastBatch()).isEmpty();
    assertThat(figures.clean()).isEmpty();
  }

  @Test
  void tellsWhenTheLatestRunOfAKindSucceededFailedOrWentSilent() throws Exception {
    database.runs().done(begin("ingest"));
    long failed = begin("ingest");
    database.runs().failed(failed, "why");
    long silent = begin("prepare");
    begin("prepare");
    TestDatabase.execute(
        settings, "UPDATE pipeline_run SET seen_at = '2026-01-02T03:04:05Z' WHERE run = " + silent);

    List<OfKind> runs = database.pipelineFigures().runs();

    assertThat(runs).extracting(OfKind::kind).containsExactly("ingest", "prepare");
    assertThat(runs.get(0).standings())
        .isEqualTo(Map.of("RUNNING", 0L, "SILENT", 0L, "DONE", 1L, "FAILED", 1L));
    assertThat(runs.get(0).lastFailure().orElseThrow())
        .isAfterOrEqualTo(runs.get(0).lastSuccess().orElseThrow());
    assertThat(runs.get(1).standings()).containsEntry("SILENT", 1L).containsEntry("RUNNING", 1L);
    assertThat(runs.get(1).lastSuccess()).isEmpty();
    assertThat(runs.get(1).lastFailure()).contains(Instant.parse("2026-01-02T03:04:05Z"));
  }

  @Test
  void countsAnInterruptedWorkflowAsFailed() {
    Workflows workflows = database.workflows();
    Workflows.Self ann = new Workflows.Self("ann", "here", 1, holder -> false);
    Hold hold = ((Claim.Taken) workflows.begin("retrain", "{}", ann)).hold();
    assertThat(database.pipelineFigures().workflows().get(0).lastFailure()).isEmpty();

    workflows.release(hold);

    OfKind retrain = database.pipelineFigures().workflows().get(0);
    assertThat(retrain.standings()).containsEntry("INTERRUPTED", 1L).containsEntry("RUNNING", 0L);
    assertThat(retrain.lastFailure()).isPresent();
  }

  @Test
  void countsBatchesBeyondAGap() {
    store(1);
    store(2);
    assertThat(database.pipelineFigures().ledger().beyondWatermark()).isZero();
    store(4);
    store(5);

    PipelineFigures.LedgerFigures ledger = database.pipelineFigures().ledger();
    assertThat(ledger.beyondWatermark()).isEqualTo(2);
    assertThat(ledger.totals().batches()).isEqualTo(4);
    assertThat(ledger.lastBatch()).isPresent();
  }

  private void store(int number) {
    database
        .rawData()
        .store(
            new IngestBatch("visits", number, "digest " + number, 2, 0, 9, 10),
            Visits.rows(Visits.visits(number * 10L, number * 10L + 9)),
            List.of(),
            "test");
  }
}
