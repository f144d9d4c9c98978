package dev.alta.gateway;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import dev.alta.gateway.call.Asked;
import dev.alta.gateway.call.Call;
import dev.alta.gateway.call.Operation;
import dev.alta.gateway.call.Parameter;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.call.Result;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.MessageSchema;
import dev.alta.gateway.json.Problem;
import dev.alta.gateway.loadtest.LoadTestReports;
import dev.alta.proto.v1.LoadTestSheet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The calls about load tests. */
final class LoadTestCalls {
  private static final String GROUP = "Load tests";
  private static final Parameter RUN =
      Parameter.path(
          "run",
          "The name of a run, as the list has it.",
          new Parameter.Text(
              LoadTestReports.NAME, "a run's name, such as 20261122-083000-constant-predict"),
          "20261122-083000-constant-predict");

  private final Optional<LoadTestReports> reports;

  LoadTestCalls(Optional<LoadTestReports> reports) {
    this.reports = reports;
  }

  List<Call> all() {
    return List.of(list(), report());
  }

  private Call list() {
    return Call.get(
        "/loadtests",
        Operation.of("loadTests", GROUP, "The latest load tests, the last one first.")
            .answers("Load tests.", MessageSchema.of(LoadTestSheet.getDescriptor()))
            .mayFail(404),
        asked -> answer(asked, known -> Responses.ok(Answers.message(known.list()))));
  }

  private Call report() {
    return Call.get(
        "/loadtests/{run}/report",
        Operation.of("loadTestReport", GROUP, "What a load test found, as a page with pictures.")
            .with(RUN)
            .answers(Result.text("The report.", MediaType.HTML_UTF_8))
            .mayFail(404),
        asked ->
            answer(
                asked,
                known ->
                    known
                        .report(asked.path("run"))
                        .map(page -> MadeElsewhere.file(page, MediaType.HTML_UTF_8))
                        .orElseGet(() -> Responses.problem(none()))));
  }

  @FunctionalInterface
  private interface Question {
    HttpResponse ask(LoadTestReports known) throws IOException;
  }

  /** On a thread that may wait for the disk. */
  private HttpResponse answer(Asked asked, Question question) {
    if (reports.isEmpty()) {
      return Responses.problem(nobodyKnows());
    }
    return HttpResponse.of(
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return question.ask(reports.get());
              } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
              }
            },
            asked.context().blockingTaskExecutor()));
  }

  private static Problem none() {
    return Problem.of(
        404, "not-found", "There is no such report", "GET /loadtests lists the runs that have one");
  }

  private static Problem nobodyKnows() {
    return Problem.of(
        404,
        "no-load-tests-here",
        "This gateway knows no load tests",
        "expected: the gateway of alta up, whose home loadtest/run keeps its reports in");
  }
}
