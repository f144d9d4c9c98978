package dev.alta.app.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartsTest {
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private final Parts parts = new Parts();

  private AutoCloseable part(String name) {
    return () -> stopped.add(name);
  }

  @Test
  void stopsInReverseOrderWhateverFails() {
    parts.start(() -> part("first"));
    parts.<AutoCloseable, RuntimeException>start(
        () ->
            () -> {
              throw new IllegalStateException("cannot stop");
            });
    parts.start(() -> part("last"));
    parts.close();
    assertThat(stopped).containsExactly("last", "first");
  }

  @Test
  void mayTakeLongerToStopForEachPartThatAsksForIt() {
    Duration usual = parts.longestStop();
    parts.lengthenStop(Duration.ofMinutes(9));
    parts.lengthenStop(Duration.ofSeconds(1));
    assertThat(parts.longestStop()).isEqualTo(usual.plusSeconds(541));
  }

  @Test
  void stopsAPartThatWasJustBeingStarted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Thread starting =
        new Thread(
            () ->
                parts.start(
                    () -> {
                      begun.countDown();
                      awaitQuietly(goOn);
                      return part("late");
                    }));
    starting.start();
    awaitQuietly(begun);
    Thread stopping = new Thread(parts::close);
    stopping.start();
    goOn.countDown();
    stopping.join(TimeUnit.SECONDS.toMillis(10));
    assertThat(stopped).containsExactly("late");
    assertThatThrownBy(() -> parts.start(() -> part("too late")))
        .hasMessage("stopped while starting");
    assertThat(stopped).containsExactly("late");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
