package dev.alta.scorer.models;

import dev.alta.core.contract.Violation;
import dev.alta.core.life.DaemonThreads;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.GetModelFileRequest;
import dev.alta.proto.v1.GetModelFileResponse;
import dev.alta.proto.v1.GetModelRequest;
import dev.alta.proto.v1.GetModelResponse;
import dev.alta.proto.v1.ListModelsResponse;
import dev.alta.proto.v1.ModelVersion;
import dev.alta.scorer.call.Refusals;
import dev.alta.scorer.predict.ReadmissionEndpoint;
import dev.alta.scorer.swap.LiveModel;
import dev.alta.scorer.swap.ModelSwap;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The registry on a thread of its own: whoever asks for it waits there and nowhere else. What was
 * read is good for a few seconds, so that many who ask cost the bucket no more than one.
 */
public final class Catalogue implements ReadmissionEndpoint.Versions, AutoCloseable {
  private static final Duration GOOD_FOR = Duration.ofSeconds(3);
  private static final int MOST_WAITING = 64;

  private record Read(List<ModelVersion> models, Instant at, long atNanos) {}

  private final ModelSwap swap;
  private final Supplier<Registry> registry;
  private final Clock clock;
  private final LongSupplier nanos;
  private final VersionReader reader = new VersionReader();
  private final VersionDetails details = new VersionDetails();
  private final ExecutorService thread;
  // Only its thread looks at it.
  private @Nullable Read last;

  /**
   * Takes its parts.
   *
   * @param registry gives the registry; asked again where it throws
   * @param clock tells when the list was read
   * @param nanos such as {@link System#nanoTime}; how long ago that is, whatever becomes of the
   *     clock
   */
  public Catalogue(ModelSwap swap, Supplier<Registry> registry, Clock clock, LongSupplier nanos) {
    this.swap = swap;
    this.registry = registry;
    this.clock = clock;
    this.nanos = nanos;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            DaemonThreads.named("alta-registry"));
  }

  @Override
  public CompletableFuture<ListModelsResponse> list(boolean archived) {
    return with(opened -> answer(opened.name(), read(opened), archived));
  }

  @Override
  public CompletableFuture<GetModelResponse> describe(GetModelRequest request) {
    List<Violation> violations = AdminCheck.check(request);
    return violations.isEmpty()
        ? with(opened -> details.describe(opened, version(opened, request.getModel()), request))
        : CompletableFuture.failedFuture(Refusals.error(violations));
  }

  @Override
  public CompletableFuture<GetModelFileResponse> file(GetModelFileRequest request) {
    List<Violation> violations = AdminCheck.check(request);
    return violations.isEmpty()
        ? with(
            opened -> details.file(opened, version(opened, request.getModel()), request.getName()))
        : CompletableFuture.failedFuture(Refusals.error(violations));
  }

  /** The number that a version or an alias stands for; where neither is given, of what answers. */
  private int version(Registry opened, String model) {
    if (model.isEmpty()) {
      return Integer.parseInt(
          swap.current().map(LiveModel::version).orElseThrow(Catalogue::nothingLoaded));
    }
    return read(opened).models().stream()
        .filter(known -> known.getVersion().equals(model) || known.getAliasesList().contains(model))
        .findFirst()
        .map(known -> Integer.parseInt(known.getVersion()))
        // It may have come since the list was read.
        .orElseGet(() -> opened.version(model));
  }

  private static StatusRuntimeException nothingLoaded() {
    return Status.UNAVAILABLE
        .withDescription("no model is loaded and warm yet; try again")
        .asRuntimeException();
  }

  private ListModelsResponse answer(String name, Read read, boolean archived) {
    String served = swap.current().map(LiveModel::version).orElse("");
    ListModelsResponse.Builder answer =
        ListModelsResponse.newBuilder()
            .setName(name)
            .setServedVersion(served)
            .setReadAt(read.at().toString());
    for (ModelVersion model : read.models()) {
      if (archived || model.getState() != ModelVersion.State.ARCHIVED) {
        answer.addModels(model.toBuilder().setServed(model.getVersion().equals(served)));
      }
    }
    return answer.build();
  }

  private Read read(Registry opened) {
    Read read = last;
    long now = nanos.getAsLong();
    if (read == null || now - read.atNanos() > GOOD_FOR.toNanos()) {
      read = new Read(reader.read(opened), clock.instant(), now);
      last = read;
    }
    return read;
  }

  /** Works on the registry; ends in whatever stands in the way. */
  public <T> CompletableFuture<T> with(Function<Registry, T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> work.apply(registry.get()), thread);
    } catch (RejectedExecutionException rejected) {
      return CompletableFuture.failedFuture(
          thread.isShutdown()
              ? rejected
              : Status.RESOURCE_EXHAUSTED
                  .withDescription("too many questions about the registry at once; try again")
                  .asRuntimeException());
    }
  }

  /** The same for what changes it: whatever was read before is read again. */
  <T> CompletableFuture<T> change(Function<Registry, T> work) {
    return with(
        opened -> {
          last = null;
          return work.apply(opened);
        });
  }

  /** Answers nobody any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
