package dev.alta.loadtest.drill;

import java.io.IOException;
import java.nio.file.Path;

/** A home in which {@code alta gateway} is started again and again, on the same port. */
final class GatewayHome implements AutoCloseable {
  private final AltaHome home;
  private final String scorers;
  private final int port = FreePort.find();

  /**
   * Starts nothing yet.
   *
   * @param scorers as {@code --scorer} has them
   */
  GatewayHome(Path folder, String scorers) throws IOException {
    this.home = AltaHome.embedded(folder);
    this.scorers = scorers;
  }

  /** Starts one and waits until it answers for a scorer. */
  AltaProcess start() throws IOException {
    String number = Integer.toString(port);
    AltaProcess gateway = home.start("gateway", "--scorer", scorers, "--http-port", number);
    gateway.awaitOk(port, "/ready");
    return gateway;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    home.close();
  }
}
