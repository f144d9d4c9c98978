package dev.alta.model.registry;

import dev.alta.proto.v1.Decision;
import java.util.Locale;

/** What a {@link Registry} found to be wrong. */
public abstract sealed class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  // What it quotes comes from the store, and may be as long as an object there.
  private static final int LONGEST_MESSAGE = 2_000;

  private RegistryException(String message) {
    super(
        message.length() <= LONGEST_MESSAGE
            ? message
            : message.substring(0, LONGEST_MESSAGE) + "…");
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

  /** Somebody else has decided something since the history was read. */
  public static final class DecidedMeanwhile extends RegistryException {
    private static final long serialVersionUID = 1L;

    DecidedMeanwhile(Decision other) {
      super(
          "decision "
              + other.getNumber()
              + " was made in the meantime by "
              + other.getWho()
              + ": version "
              + other.getVersion()
              + " "
              + other.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + ", "
              + other.getReason()
              + " (look at it, then decide again)");
    }
  }

  /** A version is not in a state for what was to be decided. */
  public static final class NotPossible extends RegistryException {
    private static final long serialVersionUID = 1L;

    NotPossible(int version, String found, String expected) {
      super("version " + version + ": " + found + " (expected: " + expected + ")");
    }
  }
}
