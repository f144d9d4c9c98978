package dev.alta.model.registry;

/** What a {@link Registry} found to be wrong. */
public abstract sealed class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RegistryException(String message) {
    super(message);
  }

  /** There is no such version or alias. */
  public static final class NoSuchModel extends RegistryException {
    private static final long serialVersionUID = 1L;

    NoSuchModel(String model, String expected) {
      super("model " + model + ": not there (expected: " + expected + ")");
    }
  }

  /** An object is not what was written. */
  public static final class Damaged extends RegistryException {
    private static final long serialVersionUID = 1L;

    Damaged(String object, String found, String expected) {
      super(object + ": damaged: " + found + " (expected: " + expected + ")");
    }
  }

  /** Somebody else has set the alias since it was read. */
  public static final class AliasConflict extends RegistryException {
    private static final long serialVersionUID = 1L;

    AliasConflict(String alias) {
      super("alias " + alias + ": set by somebody else in the meantime (read it again)");
    }
  }
}
