package dev.alta.model.registry;

import org.jspecify.annotations.Nullable;

/** What an {@link ObjectStore} could not do. One clear line; never a secret. */
public abstract sealed class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** There is no such object. */
  public static final class NotFound extends StoreException {
    private static final long serialVersionUID = 1L;

    NotFound(String object) {
      super(object + ": not there", null);
    }
  }

  /** The object is there already, or is no longer the one that was to be replaced. */
  public static final class PreconditionFailed extends StoreException {
    private static final long serialVersionUID = 1L;

    PreconditionFailed(String object, String expected) {
      super(object + ": changed by somebody else (expected: " + expected + ")", null);
    }
  }

  /** The object is larger than the caller accepts. */
  public static final class TooLarge extends StoreException {
    private static final long serialVersionUID = 1L;

    TooLarge(String object, long limit) {
      super(object + ": too large (expected: at most " + limit + " bytes)", null);
    }
  }

  /** The store does not answer. Worth trying again later. */
  public static final class Unreachable extends StoreException {
    private static final long serialVersionUID = 1L;

    Unreachable(StoreSettings settings, Throwable cause) {
      super(
          "object store "
              + settings.url()
              + ": "
              + cause.getMessage()
              + " (expected: an S3 endpoint that answers)",
          cause);
    }
  }

  /** The store answers and says no: wrong keys, no rights, disk full. */
  public static final class Refused extends StoreException {
    private static final long serialVersionUID = 1L;

    Refused(StoreSettings settings, String what, Throwable cause) {
      super("object store " + settings + ": " + what + ": " + cause.getMessage(), cause);
    }
  }
}
