package dev.alta.load.report;

/** How figures are named, so that nobody takes one kind for another. */
final class Words {
  private Words() {}

  static String response(Facts facts) {
    return facts.isOpen() ? "from the due time" : "from sending";
  }

  static String kind(Facts facts) {
    return facts.isOpen()
        ? "An open loop: requests were due at fixed times, whatever became of those before. Latencies"
            + " count from when a request was due, so time spent waiting to be sent is in them (no"
            + " coordinated omission)."
        : "A closed loop: each of "
            + facts.atOnce()
            + " callers sent its next request when it had its answer. Latencies count from sending;"
            + " a slow target was asked less often, so they do not tell what callers see who come"
            + " on their own.";
  }
}
