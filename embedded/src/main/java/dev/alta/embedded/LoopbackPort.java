package dev.alta.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of this machine that nobody else can reach. */
final class LoopbackPort {
  static final String ADDRESS = "127.0.0.1";

  private static final byte[] BYTES = {127, 0, 0, 1};

  private LoopbackPort() {}

  /**
   * A free port.
   *
   * @param wanted the one to take, or 0 for any
   * @throws IOException if the wanted one is taken
   */
  static int free(int wanted, String forWhat) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getByAddress(BYTES))) {
      return socket.getLocalPort();
    } catch (BindException taken) {
      throw new IOException(
          "port " + wanted + " for " + forWhat + ": taken (expected: a free port)", taken);
    }
  }
}
