package dev.alta.scorer.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class KeptFirstTest {
  @TempDir Path folder;

  /** Headers of an answer keep a caller from asking another replica where this one is killed. */
  @Test
  void letsNothingOfAnAnswerOutBeforeThatMayGo() throws Exception {
    LogSettings settings = LogSettings.in(folder.resolve("spool")).withRequired(true);
    HeadersSeen seen = new HeadersSeen();
    try (PredictionLog log =
        PredictionLog.open(
            settings,
            (spool, portion) -> portion.size(),
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      Server server =
          InProcessServerBuilder.forName("kept-first")
              .directExecutor()
              .intercept(new KeptFirst(log, method -> true))
              .addService(new HealthStatusManager().getHealthService())
              .build()
              .start();
      ManagedChannel channel =
          InProcessChannelBuilder.forName("kept-first").directExecutor().intercept(seen).build();
      try {
        Future<HealthCheckResponse> answer =
            HealthGrpc.newFutureStub(channel).check(HealthCheckRequest.getDefaultInstance());

        // The call has gone all its way on this thread; nothing is written to disk yet.
        assertThat(seen.headers).isFalse();
        assertThat(answer.isDone()).isFalse();

        log.start();
        assertThat(answer.get().getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(seen.headers).isTrue();
      } finally {
        channel.shutdownNow();
        server.shutdownNow();
      }
    }
  }

  private static final class HeadersSeen implements ClientInterceptor {
    private final AtomicBoolean headers = new AtomicBoolean();

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        public void start(Listener<A> listener, Metadata sent) {
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onHeaders(Metadata received) {
                  headers.set(true);
                  super.onHeaders(received);
                }
              },
              sent);
        }
      };
    }
  }
}
