package dev.alta.pipelines;

/** A run has failed; the message is one line that says what was found and what was expected. */
public final class PipelineException extends RuntimeException {
  public PipelineException(String message) {
    super(message);
  }

  public PipelineException(String message, Throwable cause) {
    super(message, cause);
  }
}
