package dev.alta.loadtest.drill;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All drills: one line each. */
final class Drills {
  static final List<Named> ALL =
      List.of(
          new Named("kill-ingest", 50, "alta ingest is killed and resumed", KillIngest::new),
          new Named("kill-prepare", 20, "alta prepare is killed", KillPrepare::new),
          new Named("kill-train", 20, "alta train is killed", KillTrain::new),
          new Named(
              "kill-promote", 50, "alta models promote, rollback are killed", KillPromote::new),
          new Named("kill-scorer", 100, "alta serve is killed under load", KillScorer::new),
          new Named("kill-gateway", 30, "alta gateway is killed under load", KillGateway::new),
          new Named(
              "replicas", 60, "one of three scorers is killed each second", KillReplicas::new),
          new Named(
              "database",
              1,
              "the database is restarted, killed, paused, read-only, without connections, full",
              DatabaseFaults::new),
          new Named(
              "bucket",
              1,
              "the bucket is away, slow, silent; its objects are corrupt, cut, missing",
              () -> new BucketFaults(false)),
          new Named(
              "bucket-short",
              1,
              "the bucket is away at the start and at a swap; a model is corrupt",
              () -> new BucketFaults(true)),
          new Named(
              "flink", 2, "a Flink cluster loses TaskManagers and JobManager", FlinkFaults::new),
          new Named("clock", 1, "the wall clock jumps an hour", ClockJumps::new),
          new Named("two-writers", 5, "two of each command at once", TwoWriters::new));

  /**
   * One of them.
   *
   * @param times how often it does what it does, where nobody says
   * @param about it, in one line
   */
  record Named(String name, int times, String about, Supplier<Drill> drill) {}

  private Drills() {}

  /**
   * By its name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Named of(String name) {
    return ALL.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "drill: "
                        + name
                        + " (expected: "
                        + ALL.stream().map(Named::name).collect(Collectors.joining(", "))
                        + ")"));
  }
}
