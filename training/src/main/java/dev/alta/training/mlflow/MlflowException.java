package dev.alta.training.mlflow;

/** What an MLflow server refused, or that none answers. One clear line. */
final class MlflowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  MlflowException(String code, String message) {
    super(message);
    this.code = code;
  }

  MlflowException(String message, Throwable cause) {
    super(message, cause);
    this.code = "";
  }

  /** MLflow's name for what is wrong, such as RESOURCE_DOES_NOT_EXIST; empty where it gave none. */
  String code() {
    return code;
  }
}
