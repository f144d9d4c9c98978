package dev.alta.pipelines.source;

import dev.alta.core.contract.Contract;
import dev.alta.pipelines.PipelineException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an incremental source for days. A connection that fails, an answer that does not come in
 * time and a status of 5xx are tried again, five times in all within a few seconds of waiting;
 * nothing else is.
 */
public final class DayClient {
  private static final Logger log = LoggerFactory.getLogger(DayClient.class);
  private static final int TRIES = 5;
  private static final long FIRST_WAIT_MILLIS = 200;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final int MOST_BYTES = 128 << 20;
  private static final int MOST_MESSAGE = 200;

  private final SourceUrl url;
  private final Contract contract;
  private final Duration answerWithin;
  private final int mostBytes;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public DayClient(SourceUrl url, Contract contract) {
    this(url, contract, ANSWER, MOST_BYTES);
  }

  DayClient(SourceUrl url, Contract contract, Duration answerWithin, int mostBytes) {
    this.url = url;
    this.contract = contract;
    this.answerWithin = answerWithin;
    this.mostBytes = mostBytes;
  }

  /**
   * Asks for a day.
   *
   * @return its rows; empty where the source says that there is no such day (yet): status 404 and
   *     {@code "code":"NO_SUCH_DAY"}
   * @throws PipelineException in one line: the source cannot be reached, answers with another
   *     status than 200, or with something else than a day
   */
  public Optional<Day> get(int day) {
    long wait = FIRST_WAIT_MILLIS;
    for (int attempt = 1; ; attempt++) {
      String failure;
      try {
        HttpResponse<byte[]> answer = send(day);
        if (answer.statusCode() < 500) {
          return read(day, answer);
        }
        failure = status(answer);
      } catch (BoundedBody.TooLongException tooLong) {
        throw new PipelineException(url.of(day) + ": " + tooLong.getMessage(), tooLong);
      } catch (IOException unreachable) {
        failure = words(unreachable);
      }
      if (attempt == TRIES) {
        throw failed(day, failure + ", tried " + TRIES + " times");
      }
      log.warn("{}: {}; trying again in {} ms", url.of(day), failure, wait);
      sleep(day, wait);
      wait *= 2;
    }
  }

  private Optional<Day> read(int day, HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 200) {
      return Optional.of(DayReader.read(contract, url, day, answer.body()));
    }
    if (answer.statusCode() == 404
        && DayReader.text(answer.body(), Wire.CODE).equals(Wire.NO_SUCH_DAY)) {
      return Optional.empty();
    }
    throw failed(day, status(answer));
  }

  /** The time is for the whole answer; that of a request ends with the first byte. */
  private HttpResponse<byte[]> send(int day) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url.of(day)).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new BoundedBody(mostBytes));
    try {
      return answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new IOException("no answer within " + answerWithin.toMillis() + " ms", late);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new PipelineException(url.of(day) + ": " + failed.getCause(), failed);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      throw interrupted(day, interrupted);
    }
  }

  private void sleep(int day, long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException interrupted) {
      throw interrupted(day, interrupted);
    }
  }

  private PipelineException interrupted(int day, InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new PipelineException(url.of(day) + ": interrupted", interrupted);
  }

  /** Where the source says itself what it expected, that is more than the status. */
  private PipelineException failed(int day, String what) {
    return new PipelineException(
        url.of(day)
            + ": "
            + what
            + (what.contains("(expected: ") ? "" : " (expected: status 200)"));
  }

  private static String status(HttpResponse<byte[]> answer) {
    String message = DayReader.text(answer.body(), Wire.MESSAGE).lines().findFirst().orElse("");
    return "status "
        + answer.statusCode()
        + (message.isEmpty()
            ? ""
            : ", " + message.substring(0, Math.min(message.length(), MOST_MESSAGE)));
  }

  private static String words(IOException failed) {
    String message = failed.getMessage();
    return "no answer (" + (message == null ? failed.getClass().getSimpleName() : message) + ")";
  }
}
