package dev.alta.gateway;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Description;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Path;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.gateway.data.RejectPlace;
import dev.alta.gateway.json.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What there is to know of data and runs. Public methods, since Armeria reads their annotations.
 */
final class DataApi {
  private final DataCalls calls;
  private final Predicate<ServiceRequestContext> mayReadRows;

  /**
   * Answers by what others know.
   *
   * @param mayReadRows whether a caller may see what stood in a rejected row
   */
  DataApi(DataCalls calls, Predicate<ServiceRequestContext> mayReadRows) {
    this.calls = calls;
    this.mayReadRows = mayReadRows;
  }

  @Get
  @Path("/data/profile")
  @Path("/data/profile/")
  @Description("How the prepared rows are distributed, column by column.")
  public CompletableFuture<HttpResponse> profile(QueryParams params) {
    return plain(params, () -> calls.maybe(DataAndRuns::profile, nothingPrepared()));
  }

  @Get
  @Path("/data/drift")
  @Path("/data/drift/")
  @Description("What was asked lately beside what the champion was made from, column by column.")
  public CompletableFuture<HttpResponse> drift(QueryParams params) {
    return plain(
        params,
        () ->
            calls.maybe(
                DataAndRuns::drift,
                notYet("there is no champion to compare with (expected: alta models promote N)")));
  }

  @Get
  @Path("/data/batches")
  @Path("/data/batches/")
  @Description("The ledger of raw_data, the latest batch first: ?limit=50&before=BATCH.")
  public CompletableFuture<HttpResponse> batches(QueryParams params) {
    PageQuery query = new PageQuery(params);
    int limit = query.limit();
    long before = query.before("before");
    return checked(query, () -> calls.always(data -> data.batches(before, limit)));
  }

  @Get
  @Path("/data/rejects")
  @Path("/data/rejects/")
  @Description("Rows that were not stored, and why, the latest first: ?limit=50&before=BATCH-LINE.")
  public CompletableFuture<HttpResponse> rejects(ServiceRequestContext ctx, QueryParams params) {
    PageQuery query = new PageQuery(params);
    int limit = query.limit();
    RejectPlace before = query.beforePlace("before");
    boolean withText = mayReadRows.test(ctx);
    return checked(query, () -> calls.always(data -> data.rejects(before, limit, withText)));
  }

  @Get
  @Path("/data/split")
  @Path("/data/split/")
  @Description("What the certificate of the split says: rows by side and class, and its digests.")
  public CompletableFuture<HttpResponse> split(QueryParams params) {
    return plain(params, () -> calls.maybe(DataAndRuns::split, nothingPrepared()));
  }

  @Get
  @Path("/runs")
  @Path("/runs/")
  @Description(
      "Workflows and runs of pipelines, the latest first:"
          + " ?limit=50&before_workflow=WORKFLOW&before_run=RUN.")
  public CompletableFuture<HttpResponse> runs(QueryParams params) {
    PageQuery query = new PageQuery(params);
    int limit = query.limit();
    long beforeWorkflow = query.before("before_workflow");
    long beforeRun = query.before("before_run");
    return checked(query, () -> calls.always(data -> data.runs(beforeWorkflow, beforeRun, limit)));
  }

  @Get
  @Path("/runs/{workflow}")
  @Path("/runs/{workflow}/")
  @Description("A workflow with its steps, the runs it asked for, and its log.")
  public CompletableFuture<HttpResponse> workflow(
      @Param("workflow") String workflow, QueryParams params) {
    Problem none =
        Problem.of(404, "not-found", "There is no such workflow", "GET /runs lists them");
    if (!workflow.matches("[0-9]{1,18}")) {
      return CompletableFuture.completedFuture(Responses.problem(none));
    }
    long number = Long.parseLong(workflow);
    return plain(params, () -> calls.maybe(data -> data.workflow(number), none));
  }

  private static CompletableFuture<HttpResponse> plain(
      QueryParams params, Supplier<CompletableFuture<HttpResponse>> answer) {
    return checked(new PageQuery(params), answer);
  }

  private static CompletableFuture<HttpResponse> checked(
      PageQuery query, Supplier<CompletableFuture<HttpResponse>> answer) {
    Optional<Problem> problem = query.problem();
    return problem.isPresent()
        ? CompletableFuture.completedFuture(Responses.problem(problem.get()))
        : answer.get();
  }

  private static Problem nothingPrepared() {
    return notYet("nothing was prepared yet (expected: alta prepare, or alta up)");
  }

  private static Problem notYet(String detail) {
    return Problem.of(404, "nothing-yet", "There is nothing to show yet", detail);
  }
}
