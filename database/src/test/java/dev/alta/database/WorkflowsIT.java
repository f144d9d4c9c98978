package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alta.database.WorkflowRun.Line;
import dev.alta.database.WorkflowRun.State;
import dev.alta.database.WorkflowRun.Step;
import dev.alta.database.WorkflowRun.StepState;
import dev.alta.database.Workflows.Self;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WorkflowsIT {
  private static final Self ANN = new Self("ann", "ward-3", 17, holder -> false);
  private static final Self BOB = new Self("bob", "ward-4", 18, holder -> false);

  private DatabaseSettings settings;
  private Database database;
  private Workflows workflows;

  @BeforeEach
  void open() throws Exception {
    settings = TestDatabase.empty();
    database = Database.open(settings, Visits.CONTRACT);
    workflows = database.workflows();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void givesTheLatestLinesOfALogInTheirOrder() {
    Hold hold = begin();
    for (String words : List.of("one", "two", "three")) {
      workflows.log(hold, "train", words);
    }
    assertThat(workflows.latestLog(hold.workflow(), 2))
        .extracting(Line::words)
        .containsExactly("two", "three");
    assertThat(workflows.log(hold.workflow())).hasSize(3);
  }

  private Hold begin() {
    return ((Claim.Taken) workflows.begin("retrain", "{\"seed\":1}", ANN)).hold();
  }

  private WorkflowRun find(Hold hold) {
    return workflows.find(hold.workflow()).orElseThrow();
  }

  @Test
  void followsAWorkflowFromItsBeginningToItsEnd() {
    Hold hold = begin();
    workflows.stepBegun(hold, 1, "ingest");
    workflows.log(hold, "ingest", "3 rows");
    assertThat(find(hold).steps()).extracting(Step::state).containsExactly(StepState.RUNNING);
    workflows.stepEnded(hold, 1, StepState.DONE, "{\"rows\":3}");
    workflows.stepBegun(hold, 2, "train");
    workflows.stepEnded(hold, 2, StepState.SKIPPED, "{}");
    workflows.done(hold, "nothing new");

    WorkflowRun found = find(hold);
    assertThat(found.state()).isEqualTo(State.DONE);
    assertThat(found.settings()).isEqualTo("{\"seed\":1}");
    assertThat(found.result()).contains("nothing new");
    assertThat(found.holder()).isEmpty();
    assertThat(found.isInterrupted()).isFalse();
    assertThat(found.steps()).allMatch(Step::isOver);
    assertThat(found.steps().get(0).outcome()).contains("{\"rows\":3}");
    assertThat(workflows.log(hold.workflow()))
        .extracting(Line::step, Line::words)
        .containsExactly(org.assertj.core.api.Assertions.tuple("ingest", "3 rows"));
    assertThat(workflows.latest(5)).containsExactly(found);
    assertThat(workflows.before(found.workflow(), 5)).isEmpty();
    assertThat(workflows.running("retrain")).isEmpty();
    assertThatThrownBy(() -> workflows.resume(hold.workflow(), BOB))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("done (expected: one that was interrupted or failed)");
  }

  @Test
  void saysWhoHoldsItWhereTwoAskAtOnce() {
    Hold hold = begin();
    Claim second = workflows.begin("retrain", "{}", BOB);
    assertThat(second).isInstanceOf(Claim.Held.class);
    Claim.Held held = (Claim.Held) second;
    assertThat(held.workflow()).isEqualTo(hold.workflow());
    assertThat(held.by().words()).startsWith("ann on ward-3 (process 17) since 20");
    assertThat(workflows.resume(hold.workflow(), BOB)).isInstanceOf(Claim.Held.class);
    assertThat(workflows.begin("other", "{}", BOB)).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void isTakenOverFromAHolderThatWasNotHeardOfForAMinute() throws Exception {
    Hold hold = begin();
    workflows.stepBegun(hold, 1, "ingest");
    silence("20 s");
    assertThat(workflows.resume(hold.workflow(), BOB)).isInstanceOf(Claim.Held.class);
    silence("61 s");
    assertThat(find(hold).isInterrupted()).isTrue();
    Hold next = ((Claim.Taken) workflows.resume(hold.workflow(), BOB)).hold();
    assertThat(next).isEqualTo(new Hold(hold.workflow(), 2));
    assertThat(find(hold).holder().orElseThrow().who()).isEqualTo("bob");

    assertThatThrownBy(() -> workflows.stepEnded(hold, 1, StepState.DONE, "{}"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("taken over by another process");
    assertThatThrownBy(() -> workflows.seen(hold)).isInstanceOf(DatabaseException.class);
    workflows.release(hold);
    assertThat(find(hold).holder()).as("nobody else's to let go of").isPresent();
    workflows.stepBegun(next, 1, "ingest");
    assertThat(find(next).steps().get(0).attempts()).isEqualTo(2);
  }

  @Test
  void isTakenOverAtOnceFromAHolderThatIsKnownToBeGoneOrHasLetGo() {
    Hold hold = begin();
    Self knows = new Self("bob", "ward-3", 18, holder -> holder.pid() == 17);
    Hold next = ((Claim.Taken) workflows.resume(hold.workflow(), knows)).hold();
    workflows.release(next);
    assertThat(find(next).isInterrupted()).isTrue();
    assertThat(workflows.resume(hold.workflow(), ANN))
        .isEqualTo(new Claim.Taken(new Hold(hold.workflow(), 3)));
  }

  @Test
  void goesOnWithOneThatFailedUnlessAnotherRuns() {
    Hold failed = begin();
    workflows.failed(failed, "no rows");
    assertThatThrownBy(() -> workflows.log(failed, "ingest", "late"))
        .isInstanceOf(DatabaseException.class);
    Hold other = begin();
    assertThat(workflows.resume(failed.workflow(), BOB)).isInstanceOf(Claim.Held.class);
    workflows.done(other, "nothing new");
    assertThat(workflows.resume(failed.workflow(), BOB)).isInstanceOf(Claim.Taken.class);
    assertThat(find(failed).state()).isEqualTo(State.RUNNING);
    assertThat(find(failed).result()).isEmpty();
    assertThatThrownBy(() -> workflows.resume(99, BOB))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("workflow 99: not there");
  }

  @Test
  void knowsThePipelineRunsThatItAskedFor() {
    Hold hold = begin();
    database
        .runs()
        .begin(
            new RunStart("ingest", "visits.csv", "ann", java.util.OptionalLong.of(hold.workflow())),
            "[local]");
    assertThat(database.runs().latest(1).get(0).workflow()).hasValue(hold.workflow());
  }

  private void silence(String howLong) throws Exception {
    TestDatabase.execute(
        settings, "UPDATE workflow_run SET seen_at = now() - interval '" + howLong + "'");
  }
}
