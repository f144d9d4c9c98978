package dev.alta.loadtest.scorer;

import dev.alta.core.contract.Checked;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.core.contract.Intake;
import dev.alta.core.contract.RowMessage;
import dev.alta.proto.v1.Encounter;
import dev.alta.proto.v1.PredictRequest;
import java.io.PrintStream;

/**
 * Asks a running scorer for more than it can answer, and compares with what it does at its best and
 * with nothing else to do.
 */
public final class OverloadDrill {
  private static final Contract CONTRACT = Contract.of(Encounter.getDescriptor());
  private static final int CONNECTIONS = 16;
  private static final int MOST_AT_ONCE = 20_000;

  private OverloadDrill() {}

  /** Arguments: host, port, seconds of each measurement. */
  public static void main(String[] arguments) throws InterruptedException {
    String host = arguments[0];
    int port = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    try (Calls calls = new Calls(host, port, CONNECTIONS, request())) {
      calls.askAtOnce(64, seconds);
      show("one at a time", calls.askAtOnce(1, seconds));
      Calls.Outcome peak = calls.askAtOnce(64, seconds);
      show("64 at once", peak);
      show("192 at once", calls.askAtOnce(192, seconds));
      double capacity = peak.okPerSecond();
      show("half of that rate", calls.ask(capacity / 2, MOST_AT_ONCE, seconds));
      show("three times that rate", calls.ask(3 * capacity, MOST_AT_ONCE, seconds));
      show("64 at once again", calls.askAtOnce(64, seconds));
    }
  }

  private static void show(String what, Calls.Outcome outcome) {
    PrintStream out = System.out;
    out.printf(
        "%-22s asked %8.0f/s  answered %8.0f/s  p50 %6d µs  p99 %7d µs  shed %7d (p99 %d µs)"
            + "  failed %d%n",
        what,
        outcome.askedPerSecond(),
        outcome.okPerSecond(),
        outcome.p50Micros(),
        outcome.p99Micros(),
        outcome.shed(),
        outcome.shedP99Micros(),
        outcome.failed());
  }

  /** An encounter with the first value of each required column. */
  private static PredictRequest request() {
    Intake intake = new Intake(CONTRACT, Door.SCORE);
    for (Column column : CONTRACT.columns()) {
      if (column.requiredAt(Door.SCORE)) {
        String value =
            column.hasRange() ? Long.toString((long) column.min()) : column.values().get(0).value();
        intake.text(column, value);
      }
    }
    if (intake.finish() instanceof Checked.Accepted accepted) {
      return PredictRequest.newBuilder()
          .setEncounter(RowMessage.write(accepted.row(), Encounter.newBuilder()))
          .build();
    }
    throw new IllegalStateException("the first values are no encounter");
  }
}
