package dev.alta.gateway.channel;

import dev.alta.core.life.Listen;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of all replicas: of each host all that its name stands for. Looks again every
 * so often, as replicas come and go, and when a connection is lost.
 */
final class Replicas extends NameResolver {
  static final String SCHEME = "replicas";

  private static final long LOOKED_UP_EVERY_SECONDS = 15;

  private final List<Listen> places;
  private final SynchronizationContext context;
  private final ScheduledExecutorService timer;
  private final Executor threads;
  private @Nullable Listener2 listener;
  private SynchronizationContext.@Nullable ScheduledHandle next;
  private boolean looking;
  private boolean stopped;

  Replicas(List<Listen> places, Args args) {
    this.places = places;
    this.context = args.getSynchronizationContext();
    this.timer = args.getScheduledExecutorService();
    Executor given = args.getOffloadExecutor();
    if (given == null) {
      throw new IllegalArgumentException("no executor (expected: one, as from every channel)");
    }
    this.threads = given;
  }

  /** What a channel is told to connect to. */
  static String target(List<Listen> places) {
    return places.stream()
        .map(place -> place.host() + ":" + place.port())
        .collect(Collectors.joining(",", SCHEME + ":///", ""));
  }

  @Override
  public String getServiceAuthority() {
    Listen first = places.get(0);
    return first.host() + ":" + first.port();
  }

  @Override
  public void start(Listener2 to) {
    listener = to;
    look();
  }

  @Override
  public void refresh() {
    look();
  }

  @Override
  public void shutdown() {
    stopped = true;
    if (next != null) {
      next.cancel();
    }
  }

  private void look() {
    if (looking || stopped) {
      return;
    }
    looking = true;
    threads.execute(
        () -> {
          List<EquivalentAddressGroup> found = new ArrayList<>();
          List<String> unknown = new ArrayList<>();
          places.forEach(place -> find(place, found, unknown));
          context.execute(() -> found(found, unknown));
        });
  }

  private static void find(Listen place, List<EquivalentAddressGroup> found, List<String> unknown) {
    // Each replica shows the certificate of its own name.
    Attributes name =
        Attributes.newBuilder()
            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, place.host() + ":" + place.port())
            .build();
    try {
      for (InetAddress address : InetAddress.getAllByName(place.host())) {
        found.add(new EquivalentAddressGroup(new InetSocketAddress(address, place.port()), name));
      }
    } catch (UnknownHostException notNow) {
      unknown.add(place.host());
    }
  }

  private void found(List<EquivalentAddressGroup> found, List<String> unknown) {
    looking = false;
    if (stopped || listener == null) {
      return;
    }
    if (next != null) {
      next.cancel();
    }
    next = context.schedule(this::look, LOOKED_UP_EVERY_SECONDS, TimeUnit.SECONDS, timer);
    if (found.isEmpty()) {
      listener.onError(
          Status.UNAVAILABLE.withDescription(
              "scorer: no address for " + String.join(", ", unknown)));
    } else {
      listener.onResult(
          ResolutionResult.newBuilder().setAddressesOrError(StatusOr.fromValue(found)).build());
    }
  }
}
