package dev.alta.embedded;

import java.nio.file.Path;

/** A process that starts a server and waits to be killed. */
final class StartsPostgres {
  private StartsPostgres() {}

  public static void main(String[] arguments) throws Exception {
    PostgresServer server =
        PostgresServer.start(
            PostgresSettings.in(Path.of(arguments[0])).withBinariesIn(Path.of(arguments[1])));
    System.out.println(server.pid().orElseThrow());
    Thread.sleep(60_000);
  }
}
