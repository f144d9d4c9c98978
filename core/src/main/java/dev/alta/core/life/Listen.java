package dev.alta.core.life;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where a server listens.
 *
 * @param host name or address of this machine
 * @param port 0 for any free one
 */
public record Listen(String host, int port) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LAST_PORT = 65_535;

  /**
   * Checks the place.
   *
   * @throws CannotStartException if the port is none
   */
  public Listen {
    if (port < 0 || port > LAST_PORT) {
      throw new CannotStartException("port: " + port + " (expected: 0 to " + LAST_PORT + ")");
    }
  }

  /** On this machine only. */
  public static Listen onLoopback(int port) {
    return new Listen(LOOPBACK, port);
  }

  /** Whether only this machine reaches it. */
  public boolean isLoopback() {
    return resolve(host).isLoopbackAddress();
  }

  /**
   * For a server that speaks without encryption and asks nobody who they are.
   *
   * @throws CannotStartException if the host is not loopback, or is not known
   */
  public Listen requireLoopback() {
    if (!isLoopback()) {
      throw new CannotStartException(
          "host: "
              + host
              + " (expected: a loopback address such as "
              + LOOPBACK
              + "; on any other, patient data would cross the network without encryption or login)");
    }
    return this;
  }

  /** What to bind to. */
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
