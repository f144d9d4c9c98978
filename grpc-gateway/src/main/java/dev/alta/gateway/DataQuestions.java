package dev.alta.gateway;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpResponse;
import dev.alta.core.life.DaemonThreads;
import dev.alta.gateway.call.Responses;
import dev.alta.gateway.data.AwayException;
import dev.alta.gateway.data.DataAndRuns;
import dev.alta.gateway.json.Answers;
import dev.alta.gateway.json.Problem;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@link DataAndRuns} on a few threads of its own, so that a slow database holds up nothing
 * else, and answers within seconds whatever becomes of the question.
 */
final class DataQuestions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DataQuestions.class);
  private static final int THREADS = 4;
  private static final int WAITING = 32;
  private static final long LONGEST_SECONDS = 8;

  private final Optional<DataAndRuns> data;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          DaemonThreads.named("alta-data"));

  DataQuestions(Optional<DataAndRuns> data) {
    this.data = data;
    threads.allowCoreThreadTimeOut(true);
  }

  /** Asks for what there always is. */
  CompletableFuture<HttpResponse> always(Function<DataAndRuns, Message> question) {
    return ask(known -> Responses.ok(Answers.message(question.apply(known))));
  }

  /**
   * Asks for what there may not be yet.
   *
   * @param absent what is answered then
   */
  CompletableFuture<HttpResponse> maybe(
      Function<DataAndRuns, Optional<? extends Message>> question, Problem absent) {
    return ask(
        known -> {
          Optional<? extends Message> found = question.apply(known);
          return found.isPresent()
              ? Responses.ok(Answers.message(found.get()))
              : Responses.problem(absent);
        });
  }

  private CompletableFuture<HttpResponse> ask(Function<DataAndRuns, HttpResponse> question) {
    if (data.isEmpty()) {
      return CompletableFuture.completedFuture(Responses.problem(nobodyKnows()));
    }
    DataAndRuns known = data.get();
    try {
      return CompletableFuture.supplyAsync(() -> question.apply(known), threads)
          .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
          .exceptionally(DataQuestions::failed);
    } catch (RejectedExecutionException tooMany) {
      return CompletableFuture.completedFuture(
          Responses.problem(
              Problem.of(
                  429, "overloaded", "Too many requests", "too many ask for data; try again")));
    }
  }

  private static HttpResponse failed(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof AwayException away) {
      log.warn("{} gave no answer: {}", away.what(), String.valueOf(away.getCause()));
      return Responses.problem(unavailable(away.what() + " gave no answer; try again later"));
    }
    if (cause instanceof TimeoutException) {
      return Responses.problem(
          unavailable("no answer within " + LONGEST_SECONDS + " s; try again later"));
    }
    throw new CompletionException(cause);
  }

  private static Problem nobodyKnows() {
    return Problem.of(
        404,
        "no-data-here",
        "This gateway knows no data",
        "expected: the gateway of alta up, or alta gateway with --database-url and"
            + " --store-url");
  }

  private static Problem unavailable(String detail) {
    return Problem.of(503, "unavailable", "The data cannot be had now", detail);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
