package dev.alta.loadtest.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on which a server can be started again and again: below those that systems give to
 * connections, one of which could take the port while its server is away.
 */
final class FreePort {
  private static final int FROM = 18_000;
  private static final int TO = 30_000;
  private static final int TRIES = 1_000;

  private FreePort() {}

  /** One on which nobody listens now. */
  static int find() throws IOException {
    for (int attempt = 1; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FROM, TO);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (attempt == TRIES) {
          throw taken;
        }
      }
    }
  }
}
