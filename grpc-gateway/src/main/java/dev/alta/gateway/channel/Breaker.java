package dev.alta.gateway.channel;

import com.linecorp.armeria.client.circuitbreaker.CircuitBreaker;
import com.linecorp.armeria.client.circuitbreaker.CircuitBreakerListener;
import com.linecorp.armeria.client.circuitbreaker.CircuitState;
import com.linecorp.armeria.client.circuitbreaker.EventCount;
import dev.alta.proto.inference.GRPCInferenceServiceGrpc;
import dev.alta.proto.v1.ModelAdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the scorer up for a while when most calls fail for want of it, so that callers hear at once
 * what they would else wait for; then lets one call through to see. Meant is the scorer as a whole:
 * of several replicas, one that is away is left out by itself. Whether the scorer is well, and
 * loading a model, is asked in any case.
 */
final class Breaker implements ClientInterceptor {
  private static final Logger log = LoggerFactory.getLogger(Breaker.class);
  // What callers are told by Retry-After.
  private static final Duration GIVEN_UP = Duration.ofSeconds(1);
  private static final Duration TRIED_EVERY = Duration.ofSeconds(1);
  private static final Duration LOOKED_AT = Duration.ofSeconds(10);
  private static final Duration COUNTED_EVERY = Duration.ofMillis(200);
  private static final int LEAST_CALLS = 20;
  private static final double FAILURES = 0.5;

  private static final Set<String> LOADING =
      Stream.concat(
              ModelAdminServiceGrpc.getServiceDescriptor().getMethods().stream(),
              Stream.of(
                  GRPCInferenceServiceGrpc.getRepositoryModelLoadMethod(),
                  GRPCInferenceServiceGrpc.getRepositoryModelUnloadMethod()))
          .map(MethodDescriptor::getFullMethodName)
          .collect(Collectors.toUnmodifiableSet());

  private final CircuitBreaker breaker;
  private volatile Status last = Status.UNAVAILABLE;

  Breaker(MeterRegistry metrics) {
    this.breaker =
        CircuitBreaker.builder("scorer")
            .failureRateThreshold(FAILURES)
            .minimumRequestThreshold(LEAST_CALLS)
            .circuitOpenWindow(GIVEN_UP)
            .trialRequestInterval(TRIED_EVERY)
            .counterSlidingWindow(LOOKED_AT)
            .counterUpdateInterval(COUNTED_EVERY)
            .listener(new Shown(metrics))
            .build();
  }

  /** Whether a method is for administrators. */
  static boolean changesModels(MethodDescriptor<?, ?> method) {
    return LOADING.contains(method.getFullMethodName());
  }

  private static boolean isGuarded(MethodDescriptor<?, ?> method) {
    return !changesModels(method) && !HealthGrpc.SERVICE_NAME.equals(method.getServiceName());
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    if (!isGuarded(method)) {
      return next.newCall(method, options);
    }
    if (!breaker.tryRequest()) {
      return new FailedCall<>(
          Status.UNAVAILABLE.withDescription(
              "the scorer is not asked for now, as it failed: " + words(last)));
    }
    boolean impatient = FromCaller.isShortened(options);
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                ended(status, impatient);
                super.onClose(status, trailers);
              }
            },
            headers);
      }
    };
  }

  private void ended(Status status, boolean impatient) {
    switch (status.getCode()) {
      case UNAVAILABLE -> failed(status);
      case DEADLINE_EXCEEDED -> {
        // That a caller has no time says nothing of the scorer.
        if (!impatient) {
          failed(status);
        }
      }
      case CANCELLED -> {}
      default -> breaker.onSuccess();
    }
  }

  private void failed(Status status) {
    last = status;
    breaker.onFailure();
  }

  /** With a cause, it is the transport's complaint and none of the caller's business. */
  private static String words(Status status) {
    String description = status.getDescription();
    return status.getCause() != null || description == null
        ? status.getCode() == Status.Code.DEADLINE_EXCEEDED ? "too late" : "cannot be reached"
        : description;
  }

  /** {@code gateway_scorer_given_up}: 0 or 1. */
  @SuppressWarnings("deprecation") // The listener asks for Armeria's older kind of count, too.
  private static final class Shown implements CircuitBreakerListener {
    private final AtomicInteger givenUp;

    Shown(MeterRegistry metrics) {
      this.givenUp = metrics.gauge("gateway.scorer.given.up", new AtomicInteger());
    }

    @Override
    public void onStateChanged(String name, CircuitState state) {
      givenUp.set(state == CircuitState.CLOSED ? 0 : 1);
      log.warn("calls to the scorer: {}", state);
    }

    @Override
    public void onEventCountUpdated(String name, EventCount count) {}

    @Override
    public void onRequestRejected(String name) {}
  }
}
