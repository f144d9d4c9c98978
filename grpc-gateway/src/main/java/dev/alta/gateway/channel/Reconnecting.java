package dev.alta.gateway.channel;

import dev.alta.core.life.DaemonThreads;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Tries again and again to connect to replicas that are away. gRPC by itself waits longer after
 * each try, up to two minutes, in which a replica that is back is asked nothing.
 */
final class Reconnecting implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-reconnect"));

  Reconnecting(List<ManagedChannel> channels, Duration every) {
    Future<?> unused =
        thread.scheduleWithFixedDelay(
            () -> channels.forEach(ManagedChannel::resetConnectBackoff),
            every.toNanos(),
            every.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
