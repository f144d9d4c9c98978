package dev.alta.pipelines.score;

import dev.alta.core.contract.Contract;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Where answers go. Workers write parts, each of which may be written again; the last step
 * publishes them as a whole. Until then nobody sees anything of a run.
 */
sealed interface Output extends Serializable permits FileOutput, TableOutput {
  /** Writes parts; used by one worker. */
  interface Writer extends AutoCloseable {
    void write(long part, String source, PartRows rows) throws IOException;

    @Override
    void close();
  }

  /** Where it is, for people. */
  String address();

  /** Where rejected rows are, for people. */
  String rejectsAddress();

  Writer open(Contract contract);

  /** Makes the parts visible in place of what was there; nothing if that was done before. */
  void publish(Contract contract, List<PlacedPart> parts) throws IOException;

  /** Removes what is not needed once it is published. May be called again. */
  void tidy(List<PlacedPart> parts) throws IOException;

  /** What was published by this run. */
  Outcome outcome(Contract contract) throws IOException;

  /** Removes what is left of this run, whatever has become of it. */
  void end() throws IOException;

  /** How many rows were scored and rejected. */
  record Outcome(long scored, long rejected) {}
}
