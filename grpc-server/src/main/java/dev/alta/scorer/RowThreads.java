package dev.alta.scorer;

import dev.alta.core.life.DaemonThreads;
import dev.alta.proto.v1.ReadmissionServiceGrpc;
import dev.alta.scorer.limit.PromptExecutor;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for what would hold up a connection's other calls. */
final class RowThreads implements AutoCloseable {
  private static final String BATCH =
      ReadmissionServiceGrpc.getPredictBatchMethod().getFullMethodName();
  private static final String EXPLAIN =
      ReadmissionServiceGrpc.getExplainMethod().getFullMethodName();

  private final ExecutorService ofBatches;
  private final ExecutorService others;
  private final PromptExecutor batches;
  private final PromptExecutor reasons;

  RowThreads() {
    int threads = Runtime.getRuntime().availableProcessors();
    this.ofBatches = Executors.newFixedThreadPool(threads, DaemonThreads.named("alta-batch"));
    this.others = Executors.newFixedThreadPool(threads, DaemonThreads.named("alta-rows"));
    this.batches = new PromptExecutor(ofBatches, threads, System::nanoTime);
    this.reasons = new PromptExecutor(others, threads, System::nanoTime);
  }

  /** For calls with many rows; refuses what would wait too long. */
  Executor batches() {
    return batches;
  }

  /** For calls that ask for reasons; refuses what would wait too long. */
  Executor reasons() {
    return reasons;
  }

  /** For streams; each has one task waiting at most. */
  Executor streams() {
    return others;
  }

  /** Whether a call of a method, by its full name, would be refused now. */
  boolean isFull(String method) {
    return (method.equals(BATCH) && batches.isFull())
        || (method.equals(EXPLAIN) && reasons.isFull());
  }

  @Override
  public void close() {
    ofBatches.shutdownNow();
    others.shutdownNow();
  }
}
