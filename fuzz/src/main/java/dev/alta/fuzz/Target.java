package dev.alta.fuzz;

import dev.alta.gateway.oip.OipJsonTarget;
import dev.alta.model.registry.DocumentTarget;
import dev.alta.pipelines.ingest.CsvTarget;
import dev.alta.pipelines.source.HttpSourceTarget;
import dev.alta.scorer.limit.Http2BytesTarget;
import dev.alta.scorer.limit.Http2CallsTarget;
import dev.alta.scorer.oip.OipGrpcTarget;
import java.util.List;
import java.util.function.Supplier;

/** Something that reads bytes of others. */
public final class Target {
  /** What is done with an input. */
  @FunctionalInterface
  interface Run {
    boolean on(byte[] input) throws Exception;
  }

  /** All there are. */
  public static final List<Target> ALL =
      List.of(
          // Ingest's CSV: splitting into records, header, cells, both ways of a row.
          new Target("csv", CsvTarget::run, CsvTarget::seeds),
          // The contract: text to row and back, and what is made of the row.
          new Target("contract", ContractTarget::run, ContractTarget::seeds),
          // The contract on gRPC's messages: the quick check against the thorough one.
          new Target("message", MessageTarget::run, MessageTarget::seeds),
          // JSON bodies of the gateway.
          new Target("json", JsonTarget::run, JsonTarget::seeds),
          // Bodies of the Open Inference Protocol: JSON, and tensors as bytes behind it.
          new Target("oip-json", OipJsonTarget::run, OipJsonTarget::seeds),
          // Its gRPC messages: typed and raw contents, up to the answer.
          new Target("oip-grpc", OipGrpcTarget::run, OipGrpcTarget::seeds),
          // A model's bytes, up to predictions and reasons.
          new Target("bundle", BundleTarget::run, BundleTarget::seeds),
          // Manifest, alias, decision and the other JSON documents of the bucket, and names there.
          new Target("document", DocumentTarget::run, DocumentTarget::seeds),
          // Answers of an HTTP source.
          new Target("http-source", HttpSourceTarget::run, HttpSourceTarget::seeds),
          // Any bytes on a connection of the scorer, in any pieces.
          new Target("http2-bytes", Http2BytesTarget::run, Http2BytesTarget::seeds),
          // Valid clients on a connection under overload, in any order of what they may do.
          new Target("http2-calls", Http2CallsTarget::run, Http2CallsTarget::seeds));

  private final String label;
  private final Run run;
  private final Supplier<List<byte[]>> seeds;

  private Target(String label, Run run, Supplier<List<byte[]>> seeds) {
    this.label = label;
    this.run = run;
    this.seeds = seeds;
  }

  /** Its name on the command line and in the corpus. */
  public String label() {
    return label;
  }

  /**
   * Gives an input to what reads such bytes.
   *
   * @return whether it was understood, not refused
   * @throws Exception where it was neither
   */
  public boolean run(byte[] input) throws Exception {
    return run.on(input);
  }

  /** Inputs that are understood, to begin with. */
  public List<byte[]> seeds() {
    return seeds.get();
  }

  /**
   * The target of a label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Target of(String label) {
    return ALL.stream()
        .filter(target -> target.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "target: "
                        + label
                        + " (expected: one of "
                        + String.join(", ", ALL.stream().map(Target::label).toList())
                        + ")"));
  }

  @Override
  public String toString() {
    return label;
  }
}
