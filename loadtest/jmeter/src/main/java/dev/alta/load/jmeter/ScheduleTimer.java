package dev.alta.load.jmeter;

import dev.alta.load.record.Samples;
import dev.alta.load.scenario.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.jmeter.engine.util.NoThreadClone;
import org.apache.jmeter.testbeans.TestBean;
import org.apache.jmeter.testelement.AbstractTestElement;
import org.apache.jmeter.testelement.TestStateListener;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.timers.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Lets each request of all threads go out when it is due, in steps of a growing rate, and notes in
 * the variable {@code due} when that was (nanoseconds since 1970). Where all threads wait for
 * answers, requests go out late, and the note says by how much: JMeter's own timers forget that. At
 * the schedule's end threads stop.
 *
 * <p>Properties: {@code perSecond} of the last step, {@code steps}, {@code stepSeconds}.
 */
public final class ScheduleTimer extends AbstractTestElement
    implements Timer, TestBean, NoThreadClone, TestStateListener {
  static final String DUE = "due";

  private static final long serialVersionUID = 1L;

  /** Until all threads are there and have read their rows. */
  static final Duration LEAD_IN = Duration.ofSeconds(2);

  private static final String PER_SECOND = "perSecond";
  private static final String STEPS = "steps";
  private static final String STEP_SECONDS = "stepSeconds";

  /** From which moment on, by the clock that does not jump and by the one that others share. */
  private record Start(long nanos, long since1970) {
    static Start soon() {
      return new Start(
          System.nanoTime() + LEAD_IN.toNanos(),
          Samples.since1970(Instant.now()) + LEAD_IN.toNanos());
    }
  }

  private transient AtomicInteger next = new AtomicInteger();
  private transient AtomicReference<@Nullable Start> start = new AtomicReference<>();

  public double getPerSecond() {
    return getPropertyAsDouble(PER_SECOND);
  }

  public void setPerSecond(double perSecond) {
    setProperty(PER_SECOND, Double.toString(perSecond));
  }

  public int getSteps() {
    return getPropertyAsInt(STEPS);
  }

  public void setSteps(int steps) {
    setProperty(STEPS, steps);
  }

  public int getStepSeconds() {
    return getPropertyAsInt(STEP_SECONDS);
  }

  public void setStepSeconds(int stepSeconds) {
    setProperty(STEP_SECONDS, stepSeconds);
  }

  /** Waits itself, since JMeter waits for whole milliseconds only. */
  @Override
  public long delay() {
    // Not the one that elements keep: this one is of all threads.
    JMeterContext context = JMeterContextService.getContext();
    Schedule schedule = new Schedule(getPerSecond(), getSteps(), getStepSeconds());
    int number = next.getAndIncrement();
    if (number >= schedule.requests()) {
      context.getThread().stop();
      return 0;
    }
    start.compareAndSet(null, Start.soon());
    Start from = start.get();
    long due = Math.round(schedule.due(number) * 1e9);
    if (from != null) {
      await(from.nanos() + due);
      context.getVariables().put(DUE, Long.toString(from.since1970() + due));
    }
    return 0;
  }

  private static void await(long due) {
    long early = due - System.nanoTime();
    while (early > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(early);
      early = due - System.nanoTime();
    }
  }

  @Override
  public void testStarted() {
    next = new AtomicInteger();
    start = new AtomicReference<>();
  }

  @Override
  public void testStarted(String host) {
    testStarted();
  }

  @Override
  public void testEnded() {
    // Nothing is held.
  }

  @Override
  public void testEnded(String host) {
    testEnded();
  }
}
