package dev.alta.scorer.swap;

import dev.alta.core.contract.Contract;
import dev.alta.model.registry.Registry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the model that answers. Loads it at start, however long the bucket or the alias takes to
 * appear; loads another beside it on demand and switches only once that one is checked and warm.
 */
public final class ModelSwap implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelSwap.class);
  private static final Duration FIRST_DELAY = Duration.ofMillis(250);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(15);

  /** What a swap changed. */
  public record Swapped(Optional<LiveModel> previous, LiveModel model) {}

  private final ModelLoader loader;
  private final Consumer<LiveModel> onSwap;
  private final ScheduledExecutorService thread;
  private volatile @Nullable LiveModel current;

  /**
   * Takes its parts; nothing is loaded before {@link #start}.
   *
   * @param registries opens the registry; asked again as long as it throws
   * @param onSwap told of each model once it answers
   */
  public ModelSwap(
      Contract contract,
      String alias,
      Supplier<Registry> registries,
      Warming warming,
      Consumer<LiveModel> onSwap) {
    this.loader = new ModelLoader(contract, alias, registries, warming);
    this.onSwap = onSwap;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread loading = new Thread(task, "alta-model-loader");
              loading.setDaemon(true);
              return loading;
            });
  }

  /** Loads the alias, trying again until it is there. */
  public void start() {
    thread.execute(() -> tryFirst(FIRST_DELAY));
  }

  /** The model that answers now; empty until the first one is warm. */
  public Optional<LiveModel> current() {
    return Optional.ofNullable(current);
  }

  /**
   * Loads another model. The future ends in whatever exception stood in the way; the model before
   * then goes on answering.
   *
   * @param model an alias or a version; empty for the scorer's own alias
   */
  public CompletableFuture<Swapped> load(String model) {
    try {
      return CompletableFuture.supplyAsync(
          () -> swap(() -> model.isEmpty() ? loader.load() : loader.load(model)), thread);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  private Swapped swap(Supplier<LiveModel> loading) {
    long start = System.nanoTime();
    LiveModel model = loading.get();
    Optional<LiveModel> previous = current();
    current = model;
    log.info(
        "model {} version {} answers; loaded and warmed in {} ms",
        model.manifest().getName(),
        model.version(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    onSwap.accept(model);
    return new Swapped(previous, model);
  }

  /** On any failure comes back later; says so once, since it may be long before it succeeds. */
  private void tryFirst(Duration delay) {
    if (current != null) {
      return;
    }
    try {
      swap(loader::load);
    } catch (RuntimeException notYet) {
      if (delay.equals(FIRST_DELAY)) {
        log.warn("no model yet, trying again until there is one: {}", notYet.getMessage());
      }
      Duration doubled = delay.multipliedBy(2);
      Duration next = doubled.compareTo(LONGEST_DELAY) < 0 ? doubled : LONGEST_DELAY;
      retry(delay, next);
    }
  }

  private void retry(Duration delay, Duration next) {
    try {
      Future<?> unused =
          thread.schedule(() -> tryFirst(next), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      log.debug("closed before there was a model");
    }
  }

  /** Loads no more; the current model goes on answering. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
