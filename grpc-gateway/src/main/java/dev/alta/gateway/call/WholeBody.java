package dev.alta.gateway.call;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.util.SafeCloseable;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Takes in the bodies of requests as a whole, each in time: a sender that trickles holds nothing
 * for long.
 */
public final class WholeBody {
  private static final AttributeKey<Boolean> READING =
      AttributeKey.valueOf(WholeBody.class, "READING");

  private final Duration bodyDeadline;
  private final Duration answerDeadline;

  /**
   * Takes the times.
   *
   * @param bodyDeadline how long a body may take
   * @param answerDeadline how long an answer may take from then on
   */
  public WholeBody(Duration bodyDeadline, Duration answerDeadline) {
    this.bodyDeadline = bodyDeadline;
    this.answerDeadline = answerDeadline;
  }

  /** Whether a request's body has not come in whole yet. */
  public static boolean isReading(ServiceRequestContext context) {
    return Boolean.TRUE.equals(context.attr(READING));
  }

  /**
   * Goes on with the request once all of its body has come, in its context: calls of the scorer
   * know by it for which request they are made.
   *
   * @return what that gives; fails where the body cannot be had
   */
  public <T> CompletableFuture<T> read(
      ServiceRequestContext context,
      HttpRequest request,
      Function<AggregatedHttpRequest, T> answer) {
    context.setAttr(READING, true);
    context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, bodyDeadline);
    return request
        .aggregate()
        .thenApply(
            whole -> {
              context.setAttr(READING, false);
              context.setRequestTimeout(TimeoutMode.SET_FROM_NOW, answerDeadline);
              return inContext(context, whole, answer);
            });
  }

  @SuppressWarnings("try") // The context is left in the end, and not looked at.
  private static <T> T inContext(
      ServiceRequestContext context,
      AggregatedHttpRequest whole,
      Function<AggregatedHttpRequest, T> answer) {
    try (SafeCloseable ignored = context.push()) {
      return answer.apply(whole);
    }
  }
}
