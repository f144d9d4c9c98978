package dev.alta.model.registry;

import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was decided about the versions of a model, and where its aliases point, as they were read
 * together. What is decided next is decided on this: {@link Registry#decide}.
 */
public final class History {
  private final List<Decision> decisions;
  private final String lastSha256;
  private final Map<String, Alias> aliases;

  History(Decisions.Read read, Map<String, Alias> aliases) {
    this.decisions = read.decisions();
    this.lastSha256 = read.lastSha256();
    this.aliases = Map.copyOf(aliases);
  }

  /** All decisions, from the first on. */
  public List<Decision> decisions() {
    return decisions;
  }

  /** The decisions about a version, from the first on. */
  public List<Decision> decisions(int version) {
    return decisions.stream().filter(decision -> isAbout(decision, version)).toList();
  }

  /** The same, and those by which an alias came to it or left it. */
  public List<Decision> concerning(int version) {
    String number = Integer.toString(version);
    return decisions.stream()
        .filter(
            decision ->
                isAbout(decision, version)
                    || decision.getMovesList().stream()
                        .anyMatch(m -> m.getFrom().equals(number) || m.getTo().equals(number)))
        .toList();
  }

  /** Where champion, challenger or previous points. */
  public Optional<Alias> alias(String alias) {
    return Optional.ofNullable(aliases.get(alias));
  }

  /** The version that answers. */
  public OptionalInt champion() {
    return version(Alias.CHAMPION);
  }

  /** What has become of a version. */
  public VersionState state(int version) {
    if (isArchived(version)) {
      return VersionState.ARCHIVED;
    }
    if (pointsTo(Alias.CHAMPION, version)) {
      return VersionState.CHAMPION;
    }
    if (pointsTo(Alias.PREVIOUS, version)) {
      return VersionState.PREVIOUS;
    }
    if (pointsTo(Alias.CHALLENGER, version)) {
      return VersionState.CHALLENGER;
    }
    return switch (lastKind(version)) {
      case REJECTED, NOT_PROMOTED, ROLLED_BACK -> VersionState.REJECTED;
      default -> VersionState.CANDIDATE;
    };
  }

  /**
   * What the rule said about a version since the champion of now became champion: the decision that
   * made it champion, or the one by which it did not become it.
   */
  public Optional<Decision> ruling(int version) {
    for (int i = decisions.size() - 1; i >= 0; i--) {
      Decision decision = decisions.get(i);
      boolean isRuling =
          decision.getKind() == DecisionKind.PROMOTED
              || decision.getKind() == DecisionKind.NOT_PROMOTED;
      if (isRuling && isAbout(decision, version)) {
        return Optional.of(decision);
      }
      if (decision.getMovesList().stream().anyMatch(m -> m.getAlias().equals(Alias.CHAMPION))) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** A person's decision against a version, not taken back since by making it champion. */
  public Optional<Decision> objection(int version) {
    Optional<Decision> objection = Optional.empty();
    for (Decision decision : decisions(version)) {
      objection =
          switch (decision.getKind()) {
            case REJECTED, ROLLED_BACK, ARCHIVED -> Optional.of(decision);
            case PROMOTED -> Optional.empty();
            default -> objection;
          };
    }
    return objection;
  }

  boolean isArchived(int version) {
    return decisions(version).stream().anyMatch(d -> d.getKind() == DecisionKind.ARCHIVED);
  }

  boolean pointsTo(String alias, int version) {
    return version(alias).equals(OptionalInt.of(version));
  }

  /** The version that champion, challenger or previous points to. */
  public OptionalInt version(String alias) {
    return alias(alias).map(a -> OptionalInt.of(a.version())).orElse(OptionalInt.empty());
  }

  int nextNumber() {
    return decisions.size() + 1;
  }

  String lastSha256() {
    return lastSha256;
  }

  private DecisionKind lastKind(int version) {
    List<Decision> about = decisions(version);
    return about.isEmpty()
        ? DecisionKind.DECISION_KIND_UNSPECIFIED
        : about.get(about.size() - 1).getKind();
  }

  private static boolean isAbout(Decision decision, int version) {
    return decision.getVersion().equals(Integer.toString(version));
  }
}
