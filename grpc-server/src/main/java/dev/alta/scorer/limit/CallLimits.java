package dev.alta.scorer.limit;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Lets so many calls of a method be under way as the machine bears, and refuses more with
 * RESOURCE_EXHAUSTED before their messages are parsed. How many that are is learned: more while
 * calls take as long as they usually do, fewer as soon as they take longer. Refused are also calls
 * that have waited too long for their connection's event loop ({@link LoopTurns}), or would wait
 * too long for other threads ({@link PromptExecutor}). Calls whose deadline has passed are not
 * begun.
 *
 * <p>A call counts from its arrival until its answer is written to the connection. That is not when
 * the answer is ready: where predictions run on the threads of the connections, those under way
 * wait there, not in front of the prediction.
 */
public final class CallLimits {
  // Fewer wait no longer than a client's way to and fro, so that nobody gains if they are refused.
  private static final int LEAST_FOR_EACH_CORE = 64;
  // Their answers are ready at once, and leave together at the end of the loop's turn.
  private static final int LEAST_ON_LOOPS = 1_000;
  private static final int MOST = 4_000;
  private static final double TOLERANCE = 2;
  // Longer than any call takes; for those whose client does not send, or does not read.
  private static final Duration LONGEST_HOLD = Duration.ofSeconds(20);
  static final Status SHED =
      Status.RESOURCE_EXHAUSTED.withDescription(
          "more requests at once than the scorer can answer; try again later");
  private static final Status TOO_LATE =
      Status.DEADLINE_EXCEEDED.withDescription("the deadline had passed before it was begun");

  private final Map<String, Method> methods;
  private final Predicate<String> full;
  private final LoopTurns.OfThreads loops = new LoopTurns.OfThreads();
  private final List<String> onLoops;
  private final HeaderBlock headers;
  private final Consumer<String> onEarlyRefusal;
  private final Lingering lingering;

  /**
   * Limits methods, each by itself.
   *
   * @param limited those that are; streams are not, as they take in only what they can answer
   * @param full whether the threads that the calls of a method, by its full name, go to have enough
   *     to do
   * @param onLoops those of them, by their full names, that the threads of the connections answer
   * @param onEarlyRefusal told of each such method that is refused before it becomes a call
   */
  public CallLimits(
      Collection<MethodDescriptor<?, ?>> limited,
      Predicate<String> full,
      Collection<String> onLoops,
      Consumer<String> onEarlyRefusal,
      MeterRegistry metrics) {
    this(limited, full, onLoops, onEarlyRefusal, metrics, LONGEST_HOLD);
  }

  /** The same with a time for which a call may hold its permit. */
  CallLimits(
      Collection<MethodDescriptor<?, ?>> limited,
      Predicate<String> full,
      Collection<String> onLoops,
      Consumer<String> onEarlyRefusal,
      MeterRegistry metrics,
      Duration longestHold) {
    this.lingering = new Lingering(longestHold, System::nanoTime);
    this.full = full;
    this.onLoops = List.copyOf(onLoops);
    this.headers = new HeaderBlock(this.onLoops);
    this.onEarlyRefusal = onEarlyRefusal;
    this.methods =
        limited.stream()
            .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
            .collect(
                Collectors.toUnmodifiableMap(
                    MethodDescriptor::getFullMethodName, method -> method(method, metrics)));
  }

  private Method method(MethodDescriptor<?, ?> method, MeterRegistry metrics) {
    boolean isOnLoops = onLoops.contains(method.getFullMethodName());
    return new Method(method, isOnLoops ? LEAST_ON_LOOPS : LEAST_FOR_EACH_CORE, metrics);
  }

  private static final class Method {
    private final SimpleLimiter<Void> limiter;
    private final Counter shed;

    Method(MethodDescriptor<?, ?> method, int leastForEachCore, MeterRegistry metrics) {
      String name = String.valueOf(method.getBareMethodName());
      int least = leastForEachCore * Runtime.getRuntime().availableProcessors();
      Gradient2Limit limit =
          Gradient2Limit.newBuilder()
              .initialLimit(least)
              .minLimit(least)
              .maxConcurrency(Math.max(least, MOST))
              .rttTolerance(TOLERANCE)
              .build();
      this.limiter = SimpleLimiter.newBuilder().limit(limit).build();
      this.shed = metrics.counter("predict.shed", "method", name);
      Gauge.builder("predict.limit", limit, Gradient2Limit::getLimit)
          .description("Calls that may be under way at once")
          .tag("method", name)
          .register(metrics);
      Gauge.builder("predict.in.flight", limiter, SimpleLimiter::getInflight)
          .description("Calls that are under way")
          .tag("method", name)
          .register(metrics);
    }
  }

  /** To be given to the server beside {@link #interceptor}: sees when answers are written. */
  public ServerStreamTracer.Factory tracers() {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return methods.containsKey(method) ? new LimitedStream(lingering) : UNTRACED;
      }
    };
  }

  private static final ServerStreamTracer UNTRACED = new ServerStreamTracer() {};

  /**
   * What a connection's bytes are to pass by under overload; to be made on the thread that the
   * connection belongs to.
   */
  ChannelHandler atConnection() {
    LoopTurns turns = loops.get();
    if (turns == null) {
      throw new IllegalStateException(Thread.currentThread() + " (expected: an event loop's)");
    }
    return new EarlyRefusal(headers, turns, this::refusedEarly);
  }

  private void refusedEarly(int which) {
    String name = onLoops.get(which);
    Method method = methods.get(name);
    if (method != null) {
      method.shed.increment();
    }
    onEarlyRefusal.accept(name);
  }

  /** To be called now and then: takes permits back from calls that hold them too long. */
  void sweep() {
    lingering.sweep();
  }

  public ServerInterceptor interceptor() {
    return this::intercept;
  }

  private <Q, A> ServerCall.Listener<Q> intercept(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Method method = methods.get(call.getMethodDescriptor().getFullMethodName());
    LimitedStream stream = LimitedStream.current();
    if (method == null || stream == null) {
      return next.startCall(call, headers);
    }
    // Asked for each call, as it also tells when a turn of the loop begins.
    LoopTurns turns = loops.get();
    boolean tooLate = turns != null && turns.isOver();
    Deadline deadline = Context.current().getDeadline();
    if (deadline != null && deadline.isExpired()) {
      return refuse(call, TOO_LATE);
    }
    boolean isLetIn =
        !tooLate
            && !full.test(call.getMethodDescriptor().getFullMethodName())
            && isLetIn(method, call, stream);
    if (!isLetIn) {
      method.shed.increment();
      if (!isOnLoop(call)) {
        return refuse(call, SHED);
      }
    }
    stream.awaitRequest(call);
    ServerCall.Listener<Q> listener = isLetIn ? next.startCall(call, headers) : refuse(call, SHED);
    // One that stays in this process is sent and taken at once.
    return turns == null ? listener : lingering.follow(stream, turns.loop(), listener);
  }

  /**
   * By a permit, if there is one. All may be held by calls that are not sent, or whose answers are
   * not read: so a connection with few calls open needs none.
   */
  private static boolean isLetIn(Method method, ServerCall<?, ?> call, LimitedStream stream) {
    Optional<Limiter.Listener> permit = method.limiter.acquire(null);
    permit.ifPresent(stream::hold);
    return permit.isPresent() || OpenCalls.areFewBeside(call);
  }

  private boolean isOnLoop(ServerCall<?, ?> call) {
    return onLoops.contains(call.getMethodDescriptor().getFullMethodName());
  }

  /**
   * At once; but a small request first comes whole, since HTTP/2 makes an error of each frame that
   * comes for a stream that has ended.
   */
  private <Q, A> ServerCall.Listener<Q> refuse(ServerCall<Q, A> call, Status status) {
    if (!isOnLoop(call)) {
      call.close(status, new Metadata());
      return new ServerCall.Listener<>() {};
    }
    call.request(1);
    return new ServerCall.Listener<>() {
      @Override
      public void onHalfClose() {
        call.close(status, new Metadata());
      }
    };
  }
}
