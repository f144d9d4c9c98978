package dev.alta.app.command;

import dev.alta.training.mlflow.MlflowSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether to record in MLflow, and as whom. */
final class MlflowOptions {
  @Option(
      names = "--mlflow-url",
      paramLabel = "URL",
      description =
          "Tracking server of MLflow in which the versions are recorded too: http://host:port.")
  private @Nullable String url;

  @Option(
      names = "--mlflow-user",
      paramLabel = "NAME",
      description = "Whom to be there, if it asks for a user.")
  private @Nullable String user;

  @Option(
      names = "--mlflow-password",
      paramLabel = "SECRET",
      defaultValue = "",
      description = "Better given as ALTA_MLFLOW_PASSWORD: other users see arguments.")
  private String password;

  @Option(
      names = "--mlflow-token",
      paramLabel = "SECRET",
      description = "In place of user and password, better as ALTA_MLFLOW_TOKEN.")
  private @Nullable String token;

  /**
   * What they say; nothing without a URL.
   *
   * @throws IllegalArgumentException if it is no URL of a server, or there are a user and a token
   */
  Optional<MlflowSettings> settings() {
    if (user != null && token != null) {
      throw new IllegalArgumentException(
          "mlflow-user and mlflow-token: both (expected: at most one of them)");
    }
    return Optional.ofNullable(url).map(MlflowSettings::of).map(this::known);
  }

  private MlflowSettings known(MlflowSettings settings) {
    if (token != null) {
      return settings.withToken(token);
    }
    return user == null ? settings : settings.withUser(user, password);
  }
}
