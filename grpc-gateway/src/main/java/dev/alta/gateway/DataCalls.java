package dev.alta.gateway;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.alta.gateway.call.Asked;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.Parameter;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.gateway.data.RejectPlace;
import dev.alta.gateway.json.MessageSchema;
import dev.alta.gateway.json.Problem;
import dev.alta.proto.v1.BatchSheet;
import dev.alta.proto.v1.DriftSheet;
import dev.alta.proto.v1.ProfileSheet;
import dev.alta.proto.v1.RejectSheet;
import dev.alta.proto.v1.RunSheet;
import dev.alta.proto.v1.SplitSheet;
import dev.alta.proto.v1.WorkflowSheet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The calls about data and runs. */
final class DataCalls {
  private static final int USUAL = 50;
  private static final Parameter LIMIT =
      Parameter.query(
          "limit", "How many at most; left out: " + USUAL + ".", new Parameter.Whole(1, 200), "5");
  private static final Parameter.Text NUMBER =
      new Parameter.Text(Pattern.compile("[0-9]{1,18}"), "a number, as an earlier answer gave it");
  private static final Parameter REJECT =
      Parameter.query(
          "before",
          "Those before it, as an earlier answer gave it.",
          new Parameter.Text(
              Pattern.compile("[0-9]{1,18}-[0-9]{1,18}"),
              "batch and line such as 17-402, as an earlier answer gave it"),
          "");
  private static final Parameter WORKFLOW = Parameter.path("workflow", "Its number.", NUMBER, "1");
  private static final String BEFORE_WORKFLOW = "before_workflow";
  private static final String BEFORE_RUN = "before_run";

  private final DataQuestions questions;
  private final Predicate<ServiceRequestContext> mayReadRows;

  /**
   * Answers by what others know.
   *
   * @param mayReadRows whether a caller may see what stood in a rejected row
   */
  DataCalls(DataQuestions questions, Predicate<ServiceRequestContext> mayReadRows) {
    this.questions = questions;
    this.mayReadRows = mayReadRows;
  }

  List<Call> all() {
    return List.of(profile(), drift(), batches(), rejects(), split(), runs(), workflow());
  }

  private Call profile() {
    return Call.get(
        "/data/profile",
        data("dataProfile", "How the prepared rows are distributed, column by column.")
            .answers("The profile.", MessageSchema.of(ProfileSheet.getDescriptor())),
        asked -> answer(questions.maybe(DataAndRuns::profile, nothingPrepared())));
  }

  private Call drift() {
    return Call.get(
        "/data/drift",
        data(
                "dataDrift",
                "What was asked lately beside what the champion was made from, column by column.")
            .answers("The drift.", MessageSchema.of(DriftSheet.getDescriptor())),
        asked ->
            answer(
                questions.maybe(
                    DataAndRuns::drift,
                    notYet(
                        "there is no champion to compare with (expected: alta models promote N)"))));
  }

  private Call batches() {
    return Call.get(
        "/data/batches",
        data("dataBatches", "The ledger of raw_data, the latest batch first.")
            .with(LIMIT)
            .with(before("before"))
            .answers("Batches.", MessageSchema.of(BatchSheet.getDescriptor())),
        asked ->
            answer(questions.always(data -> data.batches(before(asked, "before"), limit(asked)))));
  }

  private Call rejects() {
    return Call.get(
        "/data/rejects",
        data("dataRejects", "Rows that were not stored, and why, the latest first.")
            .with(LIMIT)
            .with(REJECT)
            .answers("Rows.", MessageSchema.of(RejectSheet.getDescriptor())),
        asked -> {
          RejectPlace before =
              asked.query("before").flatMap(RejectPlace::of).orElse(RejectPlace.END);
          boolean withText = mayReadRows.test(asked.context());
          return answer(questions.always(data -> data.rejects(before, limit(asked), withText)));
        });
  }

  private Call split() {
    return Call.get(
        "/data/split",
        data(
                "dataSplit",
                "What the certificate of the split says: rows by side and class, and its digests.")
            .answers("The split.", MessageSchema.of(SplitSheet.getDescriptor())),
        asked -> answer(questions.maybe(DataAndRuns::split, nothingPrepared())));
  }

  private Call runs() {
    return Call.get(
        "/runs",
        data("runs", "Workflows and runs of pipelines, the latest first.")
            .with(LIMIT)
            .with(before(BEFORE_WORKFLOW))
            .with(before(BEFORE_RUN))
            .answers("Workflows and runs.", MessageSchema.of(RunSheet.getDescriptor())),
        asked ->
            answer(
                questions.always(
                    data ->
                        data.runs(
                            before(asked, BEFORE_WORKFLOW),
                            before(asked, BEFORE_RUN),
                            limit(asked)))));
  }

  private Call workflow() {
    Problem none =
        Problem.of(404, "not-found", "There is no such workflow", "GET /runs lists them");
    return Call.get(
        "/runs/{workflow}",
        data("workflow", "A workflow with its steps, the runs it asked for, and its log.")
            .with(WORKFLOW)
            .answers("The workflow.", MessageSchema.of(WorkflowSheet.getDescriptor())),
        asked ->
            answer(
                questions.maybe(
                    data -> data.workflow(Long.parseLong(asked.path("workflow"))), none)));
  }

  private static Operation data(String id, String summary) {
    return Operation.of(id, "Data and runs", summary).mayFail(404, 429, 503);
  }

  private static HttpResponse answer(CompletableFuture<HttpResponse> answer) {
    return HttpResponse.of(answer);
  }

  private static int limit(Asked asked) {
    return asked.whole("limit", USUAL);
  }

  /** A number before which to go on; the greatest where none is given. */
  private static long before(Asked asked, String name) {
    return asked.query(name).map(Long::parseLong).orElse(Long.MAX_VALUE);
  }

  private static Parameter before(String name) {
    return Parameter.query(name, "Those before it, as an earlier answer gave it.", NUMBER, "");
  }

  private static Problem nothingPrepared() {
    return notYet("nothing was prepared yet (expected: alta prepare, or alta up)");
  }

  private static Problem notYet(String detail) {
    return Problem.of(404, "nothing-yet", "There is nothing to show yet", detail);
  }
}
