package dev.alta.app.workflow;

import dev.alta.core.life.DaemonThreads;
import dev.alta.database.DatabaseException;
import dev.alta.database.Hold;
import dev.alta.database.Workflows;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A workflow that this process holds: gives a sign of life every few seconds, and lets go of it
 * when it is closed, so that somebody else can go on at once.
 */
public final class HeldWorkflow implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeldWorkflow.class);
  private static final long ALIVE_EVERY_SECONDS = 5;

  private final Workflows workflows;
  private final Hold hold;
  private final ScheduledExecutorService alive;
  private final Future<?> signs;
  private volatile boolean released;

  private HeldWorkflow(Workflows workflows, Hold hold) {
    this.workflows = workflows;
    this.hold = hold;
    this.alive =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("alta-workflow-alive"));
    this.signs =
        alive.scheduleWithFixedDelay(
            () -> seen(workflows, hold),
            ALIVE_EVERY_SECONDS,
            ALIVE_EVERY_SECONDS,
            TimeUnit.SECONDS);
  }

  static HeldWorkflow of(Workflows workflows, Hold hold) {
    return new HeldWorkflow(workflows, hold);
  }

  Hold hold() {
    return hold;
  }

  /** Whether it was let go of, since the process is being stopped. */
  boolean isReleased() {
    return released;
  }

  /** A sign that cannot be given is no reason to stop: the next one may be, the work goes on. */
  private static void seen(Workflows workflows, Hold hold) {
    try {
      workflows.seen(hold);
    } catch (DatabaseException notNow) {
      log.warn("workflow {}: no sign of life: {}", hold.workflow(), notNow.getMessage());
    }
  }

  @Override
  public void close() {
    released = true;
    signs.cancel(false);
    alive.shutdown();
    workflows.release(hold);
  }
}
