package dev.alta.load.scenario;

import java.util.Locale;

/** What is called. */
public enum Call {
  PREDICT("Predict", 1, 500, 10_000),
  /** A request is a batch of 64 encounters. */
  BATCH("PredictBatch", 64, 60, 1_000),
  /** A request is a stream of 64 encounters, opened, answered row by row and closed. */
  STREAM("PredictStream", 64, 60, 1_000),
  JSON("POST /predict", 1, 300, 5_000);

  private final String method;
  private final int rows;
  private final int rate;
  private final int stressRate;

  Call(String method, int rows, int rate, int stressRate) {
    this.method = method;
    this.rows = rows;
    this.rate = rate;
    this.stressRate = stressRate;
  }

  /** As people know it. */
  public String method() {
    return method;
  }

  /** Encounters in a request. */
  public int rows() {
    return rows;
  }

  public boolean isGrpc() {
    return this != JSON;
  }

  /** Requests a second, the highest of the scenario, where nothing else is said. */
  public int rate(Scenario scenario) {
    return switch (scenario) {
      case CONSTANT, RAMP -> rate;
      case STRESS -> stressRate;
      case SOAK -> rate / 2;
    };
  }

  /** As it is written on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
