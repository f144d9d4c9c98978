package dev.alta.scorer.swap;

import dev.alta.model.registry.Alias;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows an alias: loads what it points to once it was set anew, as its ETag tells. What cannot be
 * loaded is tried again ever more seldom, unless the alias is set anew. For one thread.
 */
final class AliasWatch {
  private static final Logger log = LoggerFactory.getLogger(AliasWatch.class);
  private static final Duration FIRST_DELAY = Duration.ofMillis(250);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);

  private final Supplier<Optional<Alias>> alias;
  private final Consumer<Alias> load;
  private final Duration every;
  private final Supplier<Long> nanoTime;
  private String followed = "";
  private String refused = "";
  private long refusedAt;
  private Duration delay = FIRST_DELAY;
  private boolean isWaiting;

  /**
   * Takes its parts.
   *
   * @param alias reads it; throws where the store is away
   * @param load brings its model to answer, or throws
   * @param every how often the alias is looked at
   * @param nanoTime such as {@code System::nanoTime}
   */
  AliasWatch(
      Supplier<Optional<Alias>> alias,
      Consumer<Alias> load,
      Duration every,
      Supplier<Long> nanoTime) {
    this.alias = alias;
    this.load = load;
    this.every = every;
    this.nanoTime = nanoTime;
  }

  /** What the alias points to by this tag was loaded by somebody else's wish. */
  void follows(Alias loaded) {
    followed = loaded.etag();
    refused = "";
    delay = every;
  }

  /** Looks at the alias and does what is to be done; tells when to look again. */
  Duration look() {
    Optional<Alias> found;
    try {
      found = alias.get();
    } catch (RuntimeException away) {
      return later(away.toString());
    }
    if (found.isEmpty()) {
      return later("the alias is not there (expected: one that was set)");
    }
    if (isWaiting) {
      isWaiting = false;
      log.info("the alias is followed again");
    }
    Alias target = found.get();
    boolean isNew = !target.etag().equals(followed) && !target.etag().equals(refused);
    boolean again = target.etag().equals(refused) && nanoTime.get() - refusedAt >= delay.toNanos();
    if (isNew || again) {
      return load(target, isNew);
    }
    return every;
  }

  private Duration load(Alias target, boolean isNew) {
    try {
      load.accept(target);
      follows(target);
    } catch (RuntimeException why) {
      delay = isNew ? shorter(FIRST_DELAY, every) : shorter(delay.multipliedBy(2), LONGEST_DELAY);
      refused = target.etag();
      refusedAt = nanoTime.get();
      if (isNew) {
        log.warn(
            "alias {} points to version {}, which is refused; what answers goes on answering: {}",
            target.name(),
            target.version(),
            why.getMessage());
      }
    }
    return shorter(delay, every);
  }

  /** Says so once, since it may be long before there is something to load. */
  private Duration later(String why) {
    if (!isWaiting) {
      isWaiting = true;
      log.warn("the alias cannot be followed, trying again: {}", why);
    }
    delay = followed.isEmpty() ? shorter(delay.multipliedBy(2), every) : every;
    return delay;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
