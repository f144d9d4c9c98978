package dev.alta.app.backup;

/** An archive is not what {@code alta backup} writes, or cannot be used here; in one line. */
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ArchiveException(String message) {
    super(message);
  }

  ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
