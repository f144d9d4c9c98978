package dev.alta.scorer.swap;

import dev.alta.core.contract.Contract;
import dev.alta.core.life.DaemonThreads;
import dev.alta.model.registry.Alias;
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
 * appear; loads another beside it when the alias is set anew or somebody asks, and switches only
 * once that one is checked and warm.
 */
public final class ModelSwap implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelSwap.class);

  /** What a swap changed. */
  public record Swapped(Optional<LiveModel> previous, LiveModel model) {}

  private final String alias;
  private final ModelLoader loader;
  private final AliasWatch watch;
  private final Consumer<Optional<LiveModel>> onChange;
  private final Consumer<RuntimeException> onRefusal;
  private final ScheduledExecutorService thread;
  private volatile @Nullable LiveModel current;

  /**
   * Takes its parts; nothing is loaded before {@link #start}.
   *
   * @param registry gives the registry; asked again where it throws
   * @param every how often the alias is looked at
   * @param onChange told of each model once it answers; of none, once the last one was taken away
   * @param onRefusal told why a model could not be loaded
   */
  public ModelSwap(
      Contract contract,
      String alias,
      Supplier<Registry> registry,
      Warming warming,
      Duration every,
      Consumer<Optional<LiveModel>> onChange,
      Consumer<RuntimeException> onRefusal) {
    this.alias = alias;
    this.loader = new ModelLoader(contract, alias, registry, warming);
    this.watch = new AliasWatch(loader::alias, this::follow, every, System::nanoTime);
    this.onChange = onChange;
    this.onRefusal = onRefusal;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-model-loader"));
  }

  /** Loads what the alias points to, once there is something, and follows it from then on. */
  public void start() {
    thread.execute(this::look);
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
      return CompletableFuture.supplyAsync(() -> loadNow(model), thread);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  private Swapped loadNow(String model) {
    Optional<Alias> own =
        model.isEmpty() || model.equals(alias) ? loader.alias() : Optional.empty();
    if (own.isEmpty()) {
      return swap(() -> loader.load(model.isEmpty() ? alias : model));
    }
    Swapped swapped = swap(() -> loader.load(own.get()));
    watch.follows(own.get());
    return swapped;
  }

  private void follow(Alias target) {
    Swapped unused = swap(() -> loader.load(target));
  }

  /**
   * Takes the model away: nothing is answered until one is loaded again.
   *
   * @return the model that answered until then; empty where none did
   */
  public CompletableFuture<Optional<LiveModel>> unload() {
    try {
      return CompletableFuture.supplyAsync(this::takeAway, thread);
    } catch (RejectedExecutionException closed) {
      return CompletableFuture.failedFuture(closed);
    }
  }

  private Optional<LiveModel> takeAway() {
    Optional<LiveModel> previous = current();
    current = null;
    previous.ifPresent(
        model ->
            log.info(
                "model {} version {} was taken away; nothing answers until one is loaded",
                model.manifest().getName(),
                model.version()));
    onChange.accept(Optional.empty());
    return previous;
  }

  private Swapped swap(Supplier<LiveModel> loading) {
    long start = System.nanoTime();
    LiveModel model;
    try {
      model = loading.get();
    } catch (RuntimeException refused) {
      onRefusal.accept(refused);
      throw refused;
    }
    Optional<LiveModel> previous = current();
    current = model;
    log.info(
        "model {} version {} answers; loaded and warmed in {} ms",
        model.manifest().getName(),
        model.version(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    onChange.accept(Optional.of(model));
    return new Swapped(previous, model);
  }

  private void look() {
    Duration next = watch.look();
    try {
      Future<?> unused = thread.schedule(this::look, next.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      log.debug("closed; the alias is followed no more");
    }
  }

  /** Loads no more; the current model goes on answering. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
