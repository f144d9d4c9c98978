package dev.alta.training.mlflow;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where to record.
 *
 * @param url of the tracking server, without a slash at its end
 * @param experiment that runs go into; made where it is not there
 */
public record MlflowSettings(URI url, String experiment) {
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
      return new MlflowSettings(new URI(url.replaceAll("/+$", "")), EXPERIMENT);
    } catch (URISyntaxException malformed) {
      throw wrong(url);
    }
  }

  private static IllegalArgumentException wrong(String url) {
    return new IllegalArgumentException(
        "MLflow URL: " + url + " (expected: http://host:port, without user and parameters)");
  }
}
