package dev.alta.scorer.swap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.alta.model.registry.Alias;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class AliasWatchTest {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final List<Integer> tried = new ArrayList<>();
  private final Set<Integer> bad = new HashSet<>();
  private @Nullable Alias alias;
  private boolean storeIsAway;
  private long now;
  private final AliasWatch watch = new AliasWatch(this::read, this::load, EVERY, () -> now);

  @Test
  void loadsWhatTheAliasPointsToOnce() {
    set(1, "a");
    lookFor(Duration.ofMinutes(1));

    assertThat(tried).containsExactly(1);
  }

  @Test
  void loadsAgainOnceTheAliasIsSetAnewAlsoToTheSameVersion() {
    set(1, "a");
    lookFor(EVERY);
    set(2, "b");
    lookFor(EVERY);
    set(2, "c");
    lookFor(EVERY);

    assertThat(tried).containsExactly(1, 2, 2);
  }

  @Test
  void looksOftenAtFirstAndNoOftenerThanAskedForLater() {
    assertThat(watch.look()).isLessThan(Duration.ofSeconds(1));
    lookFor(Duration.ofMinutes(1));

    assertThat(watch.look()).isEqualTo(EVERY);
    assertThat(tried).isEmpty();
  }

  @Test
  void triesABadTargetEverMoreSeldomAndAnotherOneAtOnce() {
    bad.add(1);
    set(1, "a");
    lookFor(Duration.ofMinutes(30));

    assertThat(tried).hasSizeBetween(8, 24).containsOnly(1);
    tried.clear();
    set(2, "b");
    lookFor(EVERY);
    assertThat(tried).containsExactly(2);
  }

  @Test
  void goesOnOnceTheStoreIsBack() {
    storeIsAway = true;
    lookFor(Duration.ofMinutes(1));
    storeIsAway = false;
    set(1, "a");
    lookFor(EVERY);

    assertThat(tried).containsExactly(1);
  }

  @Test
  void saysOnceOfEachTimeTheStoreIsAway() {
    Logger logger = (Logger) LoggerFactory.getLogger(AliasWatch.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    set(1, "a");
    for (int time = 0; time < 2; time++) {
      storeIsAway = true;
      lookFor(Duration.ofMinutes(1));
      storeIsAway = false;
      lookFor(Duration.ofMinutes(1));
    }
    logger.detachAppender(lines);

    String away =
        "the alias cannot be followed, trying again: java.lang.IllegalStateException: away";
    String back = "the alias is followed again";
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(away, back, away, back);
  }

  @Test
  void doesNotLoadAgainWhatWasLoadedByAWish() {
    set(1, "a");
    watch.follows(read().orElseThrow());
    lookFor(Duration.ofMinutes(1));

    assertThat(tried).isEmpty();
  }

  private void lookFor(Duration duration) {
    long end = now + duration.toNanos();
    while (now <= end) {
      now += watch.look().toNanos();
    }
  }

  private void set(int version, String tag) {
    alias = new Alias("champion", version, "", Instant.EPOCH, OptionalInt.empty(), "test", 0, tag);
  }

  private Optional<Alias> read() {
    if (storeIsAway) {
      throw new IllegalStateException("away");
    }
    return Optional.ofNullable(alias);
  }

  private void load(Alias target) {
    tried.add(target.version());
    if (bad.contains(target.version())) {
      throw new IllegalStateException("bad");
    }
  }
}
