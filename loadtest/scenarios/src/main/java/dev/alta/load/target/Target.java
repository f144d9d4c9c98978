package dev.alta.load.target;

import dev.alta.load.scenario.Call;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where what is loaded is reached.
 *
 * @param access what it asks of its callers
 */
public record Target(String host, int port, Access access) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:https?://)?([A-Za-z0-9._-]+|\\[[0-9a-fA-F:]+]):([0-9]{1,5})/?");
  private static final int GRPC_PORT = 8081;
  private static final int HTTP_PORT = 8080;
  private static final int LAST_PORT = 65_535;

  /** Where {@code alta up} answers a call, unless it was told otherwise. */
  public static Target usual(Call call) {
    return new Target("127.0.0.1", call.isGrpc() ? GRPC_PORT : HTTP_PORT, Access.OPEN);
  }

  /**
   * Reads an address.
   *
   * @param address {@code HOST:PORT}
   * @param beyond whether it may be another machine
   * @throws IllegalArgumentException if it is no address, or another machine's and may not be
   */
  public static Target of(String address, boolean beyond) {
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches() || !isPort(Integer.parseInt(parts.group(2)))) {
      throw new IllegalArgumentException(
          "--target: " + address + " (expected: HOST:PORT, such as 127.0.0.1:8081)");
    }
    Target target = new Target(parts.group(1), Integer.parseInt(parts.group(2)), Access.OPEN);
    if (!beyond && !target.isThisMachine()) {
      throw new IllegalArgumentException(
          "--target: "
              + address
              + " (expected: a loopback address; --beyond-loopback to load another machine)");
    }
    return target;
  }

  /** The same, which asks that of its callers. */
  public Target with(Access other) {
    return new Target(host, port, other);
  }

  private static boolean isPort(int number) {
    return number > 0 && number <= LAST_PORT;
  }

  private boolean isThisMachine() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new IllegalArgumentException(
          "--target: " + host + " (expected: a host that has an address)", unknown);
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
