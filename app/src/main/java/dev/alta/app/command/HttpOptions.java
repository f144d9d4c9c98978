package dev.alta.app.command;

import dev.alta.gateway.GatewaySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How the gateway serves. */
final class HttpOptions {
  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Of the page and JSON (${DEFAULT-VALUE}); 0 for any free one.")
  private int httpPort;

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description =
          "Lets pages of another origin call, such as https://page.example; several parted by"
              + " commas. Without it, none may.")
  private List<String> corsOrigins = new ArrayList<>();

  @Option(
      names = "--access-log",
      description = "Log a line for each request; nothing of a patient stands in it.")
  private boolean accessLog;

  @Option(
      names = "--deadline-ms",
      paramLabel = "N",
      defaultValue = "5000",
      description =
          "How long a prediction may take, in milliseconds (${DEFAULT-VALUE}); a caller's header"
              + " Grpc-Timeout may shorten it.")
  private long deadlineMillis;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if something is no origin, or no time
   */
  GatewaySettings settings(AdmitOptions admit) {
    GatewaySettings usual = GatewaySettings.of(admit.listen(httpPort));
    GatewaySettings settings =
        usual
            .withDeadlines(Duration.ofMillis(deadlineMillis), usual.loadDeadline())
            .withOrigins(corsOrigins)
            .withAccessLog(accessLog)
            .withAdmit(admit.settings());
    settings.requireProtected();
    return settings;
  }
}
