package dev.alta.model.registry;

import dev.alta.proto.v1.AliasMove;
import dev.alta.proto.v1.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** How the aliases change by a decision, and which decisions cannot be. */
final class AliasMoves {
  private final History seen;
  private final int version;
  private final List<AliasMove> moves = new ArrayList<>();

  private AliasMoves(History seen, int version) {
    this.seen = seen;
    this.version = version;
  }

  /**
   * What follows from a decision.
   *
   * @throws RegistryException.NotPossible if the version is not in a state for it
   */
  static List<AliasMove> of(History seen, Decision draft, int version) {
    AliasMoves moves = new AliasMoves(seen, version);
    switch (draft.getKind()) {
      case PROMOTED -> moves.promoted();
      case NOT_PROMOTED -> moves.notPromoted();
      case NOT_PROPOSED -> moves.requireNotArchived();
      case REJECTED -> moves.rejected();
      case ROLLED_BACK -> moves.rolledBack();
      case ARCHIVED -> moves.archived();
      default -> throw new IllegalArgumentException("kind: " + draft.getKind());
    }
    return moves.moves;
  }

  private void promoted() {
    requireNotArchived();
    if (seen.pointsTo(Alias.CHAMPION, version)) {
      throw new RegistryException.NotPossible(version, "champion", "another version");
    }
    move(Alias.CHAMPION, OptionalInt.of(version));
    if (seen.champion().isPresent()) {
      move(Alias.PREVIOUS, seen.champion());
    }
    leave(Alias.CHALLENGER);
  }

  private void notPromoted() {
    requireNotArchived();
    if (seen.pointsTo(Alias.CHAMPION, version)) {
      throw new RegistryException.NotPossible(version, "champion", "another version");
    }
    if (seen.objection(version).isEmpty() && !seen.pointsTo(Alias.CHALLENGER, version)) {
      move(Alias.CHALLENGER, OptionalInt.of(version));
    }
  }

  private void rejected() {
    requireNotArchived();
    requireNotChampion("promote another or roll back first");
    leave(Alias.CHALLENGER);
    leave(Alias.PREVIOUS);
  }

  private void rolledBack() {
    if (!seen.pointsTo(Alias.CHAMPION, version)) {
      throw new RegistryException.NotPossible(version, "not champion", "the champion");
    }
    OptionalInt previous = seen.version(Alias.PREVIOUS);
    if (previous.isEmpty()) {
      throw new RegistryException.NotPossible(
          version, "champion, and no version is previous", "one to go back to");
    }
    move(Alias.CHAMPION, previous);
    move(Alias.PREVIOUS, OptionalInt.of(version));
  }

  private void archived() {
    requireNotArchived();
    requireNotChampion("promote another or roll back first");
    leave(Alias.CHALLENGER);
    leave(Alias.PREVIOUS);
  }

  private void requireNotArchived() {
    if (seen.isArchived(version)) {
      throw new RegistryException.NotPossible(version, "archived", "one that is not");
    }
  }

  private void requireNotChampion(String expected) {
    if (seen.pointsTo(Alias.CHAMPION, version)) {
      throw new RegistryException.NotPossible(version, "champion", expected);
    }
  }

  private void leave(String alias) {
    if (seen.pointsTo(alias, version)) {
      move(alias, OptionalInt.empty());
    }
  }

  private void move(String alias, OptionalInt to) {
    moves.add(
        AliasMove.newBuilder()
            .setAlias(alias)
            .setFrom(text(seen.version(alias)))
            .setTo(text(to))
            .build());
  }

  private static String text(OptionalInt version) {
    return version.isPresent() ? Integer.toString(version.getAsInt()) : "";
  }
}
