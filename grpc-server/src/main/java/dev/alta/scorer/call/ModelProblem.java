package dev.alta.scorer.call;

import dev.alta.model.bundle.UnusableModelException;
import dev.alta.model.registry.RegistryException;
import dev.alta.model.registry.StoreException;
import io.grpc.Status;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/**
 * Why the registry or a model could not be had, as a status whose description names the model or
 * object.
 */
public final class ModelProblem {
  private ModelProblem() {}

  /** A status to answer with, or the failure itself where it is a bug. */
  public static Throwable of(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RegistryException.NoSuchModel
        || cause instanceof StoreException.NotFound) {
      return status(Status.NOT_FOUND, cause);
    } else if (cause instanceof RegistryException.AliasConflict
        || cause instanceof RegistryException.DecidedMeanwhile) {
      return status(Status.ABORTED, cause);
    } else if (cause instanceof RegistryException || cause instanceof UnusableModelException) {
      return status(Status.FAILED_PRECONDITION, cause);
    } else if (cause instanceof StoreException) {
      return status(Status.UNAVAILABLE, cause);
    } else if (cause instanceof RejectedExecutionException) {
      return Status.UNAVAILABLE.withDescription("the scorer is stopping").asRuntimeException();
    }
    return cause;
  }

  private static Throwable status(Status status, Throwable cause) {
    return status.withDescription(cause.getMessage()).asRuntimeException();
  }
}
