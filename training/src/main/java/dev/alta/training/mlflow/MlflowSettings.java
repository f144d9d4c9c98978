package dev.alta.training.mlflow;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where to record.
 *
 * @param url of the tracking server, without a slash at its end
 * @param experiment that runs go into; made where it is not there
 * @param authorization what every call says of who it is, as HTTP's header of that name; empty:
 *     nothing
 */
public record MlflowSettings(URI url, String experiment, String authorization) {
  private static final String EXPERIMENT = "readmission";

  public MlflowSettings {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
      throw wrong(url.toString());
    }
  }

  /**
   * The experiment "readmission" of a server.
   *
   * @throws IllegalArgumentException if it is no such URL
   */
  public static MlflowSettings of(String url) {
    try {
      return new MlflowSettings(new URI(url.replaceAll("/+$", "")), EXPERIMENT, "");
    } catch (URISyntaxException malformed) {
      throw wrong(url);
    }
  }

  /** The same for a server that knows its users by passwords. */
  public MlflowSettings withUser(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new MlflowSettings(url, experiment, "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** The same for a server that knows its users by tokens. */
  public MlflowSettings withToken(String token) {
    return new MlflowSettings(url, experiment, "Bearer " + token);
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "MlflowSettings[url=" + url + ", experiment=" + experiment + "]";
  }

  private static IllegalArgumentException wrong(String url) {
    return new IllegalArgumentException(
        "MLflow URL: " + url + " (expected: http://host:port, without user and parameters)");
  }
}
