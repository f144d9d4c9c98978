package dev.alta.gateway.data;

import dev.alta.proto.v1.BatchSheet;
import dev.alta.proto.v1.DriftSheet;
import dev.alta.proto.v1.ProfileSheet;
import dev.alta.proto.v1.RejectSheet;
import dev.alta.proto.v1.RunSheet;
import dev.alta.proto.v1.SplitSheet;
import dev.alta.proto.v1.WorkflowSheet;
import java.util.Optional;

/**
 * Knows the data and the runs. Each call reads a bounded amount, and is made on a thread that may
 * wait. Implementations are safe for use by several threads; each method throws an {@link
 * AwayException} where what it needs cannot be reached.
 */
public interface DataAndRuns {
  /** How the prepared rows are distributed; empty where none were prepared yet. */
  Optional<ProfileSheet> profile();

  /** What was asked lately beside what the champion was made from; empty without a champion. */
  Optional<DriftSheet> drift();

  /**
   * Batches of raw_data, the latest first.
   *
   * @param before the number of a batch; those before it are given
   */
  BatchSheet batches(long before, int limit);

  /**
   * Rejected rows, the latest first.
   *
   * @param withText whether to tell what stood in them
   */
  RejectSheet rejects(RejectPlace before, int limit, boolean withText);

  /** What the certificate of the split says; empty where nothing was prepared yet. */
  Optional<SplitSheet> split();

  /**
   * Workflows and runs of pipelines, the latest first.
   *
   * @param beforeWorkflow the number of a workflow; those before it are given
   * @param beforeRun the number of a run; those before it are given
   * @param limit of either
   */
  RunSheet runs(long beforeWorkflow, long beforeRun, int limit);

  /** A workflow with its runs and the latest lines of its log; empty where there is none. */
  Optional<WorkflowSheet> workflow(long number);
}
