package dev.alta.core.life;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a server listens.
 *
 * @param host name or address of this machine
 * @param port 0 for any free one
 * @param insecure whether the host may be other than loopback: servers speak without encryption and
 *     ask nobody who they are, so that must be said in so many words
 */
public record Listen(String host, int port, boolean insecure) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LAST_PORT = 65_535;

  /**
   * Checks the place.
   *
   * @throws CannotStartException if the port is none, the host is unknown, or it is not loopback
   *     and {@code insecure} is not set
   */
  public Listen {
    if (port < 0 || port > LAST_PORT) {
      throw new CannotStartException("port: " + port + " (expected: 0 to " + LAST_PORT + ")");
    }
    if (!resolve(host).isLoopbackAddress() && !insecure) {
      throw new CannotStartException(
          "host: "
              + host
              + " (expected: a loopback address such as "
              + LOOPBACK
              + "; on any other, patient data would cross the network without encryption or login,"
              + " which needs the setting insecure)");
    }
  }

  /** On this machine only. */
  public static Listen onLoopback(int port) {
    return new Listen(LOOPBACK, port, false);
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(resolve(host), port);
  }

  /**
   * The error for a port that could not be had.
   *
   * @param what what was to listen there: "HTTP"
   */
  public CannotStartException taken(String what, Throwable cause) {
    return new CannotStartException(
        what
            + " port "
            + port
            + " on "
            + host
            + ": taken or not allowed (expected: a free port; stop what listens there or choose"
            + " another, 0 for any)",
        cause);
  }

  private static InetAddress resolve(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException unknown) {
      throw new CannotStartException(
          "host: " + host + " (expected: a name or address of this machine)", unknown);
    }
  }
}
