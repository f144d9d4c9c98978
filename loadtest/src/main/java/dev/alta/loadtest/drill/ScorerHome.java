package dev.alta.loadtest.drill;

import dev.alta.loadtest.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A home in which {@code alta serve} is started again and again, on the same port. */
final class ScorerHome implements AutoCloseable {
  private static final Pattern ANSWERED =
      Pattern.compile("^predict_requests_total\\{[^}]*\"OK\"[^}]*} [1-9]", Pattern.MULTILINE);
  private static final String NOTHING_WAITS = "waiting in the spool 0";

  private final AltaHome home;
  private final int port = FreePort.find();
  private final int metricsPort = FreePort.find();

  ScorerHome(Storage storage, Path folder) throws IOException {
    this.home = AltaHome.on(storage, folder);
  }

  /** Begins to start one. */
  AltaProcess begin(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--grpc-port", Integer.toString(port)));
    arguments.addAll(List.of("--metrics-port", Integer.toString(metricsPort)));
    arguments.addAll(Arrays.asList(more));
    return home.start(arguments.toArray(String[]::new));
  }

  /** Waits until a scorer that was begun has its model and answers. */
  void awaitReady(AltaProcess scorer) throws IOException {
    scorer.awaitOk(metricsPort, "/ready");
  }

  /** Whether a scorer that was begun has answered somebody by now. */
  boolean isInService(AltaProcess scorer) throws IOException {
    return scorer.isAlive()
        && ANSWERED.matcher(scorer.body(metricsPort, "/metrics").orElse("")).find();
  }

  /** Starts one and waits until it answers. */
  AltaProcess start(String... more) throws IOException {
    AltaProcess scorer = begin(more);
    awaitReady(scorer);
    return scorer;
  }

  /**
   * Starts and stops scorers until nothing waits in the spool any more; none may run.
   *
   * @return how many of {@code alta fsck} and them did not end well
   */
  int drain(Drilled drilled) throws IOException, InterruptedException {
    int bad = 0;
    while (true) {
      try (AltaProcess scorer = start();
          AltaProcess fsck = home.start("fsck")) {
        bad += fsck.waitFor() == 0 ? 0 : 1;
        bad += scorer.stop() == AltaProcess.STOPPED ? 0 : 1;
      }
      try (AltaProcess fsck = home.start("fsck")) {
        int code = fsck.waitFor();
        if (code == 0 && fsck.said().contains(NOTHING_WAITS)) {
          return bad;
        }
        if (code != 0) {
          drilled.say("%s", fsck.said());
          return bad + 1;
        }
      }
    }
  }

  int port() {
    return port;
  }

  AltaHome home() {
    return home;
  }

  @Override
  public void close() {
    home.close();
  }
}
