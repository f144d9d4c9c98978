package dev.alta.pipelines;

import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A run has failed; the message is one line that says what was found and what was expected. Trying
 * again would not help, so Flink does not.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class PipelineException extends RuntimeException {
  public PipelineException(String message) {
    super(message);
  }

  public PipelineException(String message, Throwable cause) {
    super(message, cause);
  }
}
