package dev.alta.pipelines.flink;

import dev.alta.database.DatabaseException;
import dev.alta.model.registry.StoreException;
import dev.alta.pipelines.PipelineException;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/** Why a job failed, found in what Flink and Beam have wrapped around it, here or on a cluster. */
final class FailureReason {
  private FailureReason() {}

  /** The cause that says in words what was wrong, or else the innermost one. */
  static RuntimeException of(String job, Throwable failed) {
    Throwable innermost = failed;
    for (Throwable cause = failed; cause != null; cause = cause(cause)) {
      if (cause instanceof PipelineException
          || cause instanceof DatabaseException
          || cause instanceof StoreException) {
        return (RuntimeException) cause;
      }
      innermost = cause;
    }
    return new PipelineException(job + ": " + firstLine(innermost.toString()), failed);
  }

  /** What comes from a cluster is a text of the exception, with the exception itself inside. */
  private static @Nullable Throwable cause(Throwable throwable) {
    if (throwable instanceof SerializedThrowable serialized) {
      Throwable itself = serialized.deserializeError(FailureReason.class.getClassLoader());
      if (!(itself instanceof SerializedThrowable)) {
        return itself;
      }
    }
    return throwable.getCause();
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }
}
