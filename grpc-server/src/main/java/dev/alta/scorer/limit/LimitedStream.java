package dev.alta.scorer.limit;

import com.netflix.concurrency.limits.Limiter;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** A call of a limited method, followed until its answer is written. Of one thread at a time. */
final class LimitedStream extends ServerStreamTracer {
  private static final Context.Key<LimitedStream> KEY = Context.key("alta-limited-stream");
  private static final Status NOT_WHOLE =
      Status.DEADLINE_EXCEEDED.withDescription("the request did not come whole in time");

  private final Lingering lingering;
  private Limiter.@Nullable Listener permit;
  // As long as its request has not come whole.
  private @Nullable ServerCall<?, ?> call;

  LimitedStream(Lingering lingering) {
    this.lingering = lingering;
  }

  /** That of the call at hand. */
  static @Nullable LimitedStream current() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  void hold(Limiter.Listener held) {
    permit = held;
  }

  /** The request of this call has yet to come. */
  void awaitRequest(ServerCall<?, ?> ofCall) {
    call = ofCall;
  }

  /** The request has come whole. */
  void isWhole() {
    call = null;
  }

  @Override
  public void streamClosed(Status status) {
    lingering.forget(this);
    call = null;
    Limiter.Listener held = permit;
    if (held == null) {
      return;
    }
    permit = null;
    switch (status.getCode()) {
      // How long they took says nothing about the machine.
      case CANCELLED, INVALID_ARGUMENT, UNAVAILABLE -> held.onIgnore();
      case DEADLINE_EXCEEDED -> held.onDropped();
      default -> held.onSuccess();
    }
  }

  /** Gives the permit back to others, and ends a call whose request has not come. */
  void expire() {
    lingering.forget(this);
    Limiter.Listener held = permit;
    permit = null;
    if (held != null) {
      held.onIgnore();
    }
    ServerCall<?, ?> unsent = call;
    call = null;
    if (unsent != null) {
      unsent.close(NOT_WHOLE, new Metadata());
    }
  }
}
