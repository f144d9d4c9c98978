package dev.alta.model.registry;

import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.AliasMove;
import dev.alta.proto.v1.Decision;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decisions and the aliases that follow from them. A decision is made when its object is created;
 * moving the aliases after it can be done by anybody and any number of times.
 */
final class DecisionBook {
  static final List<String> ALIASES = List.of(Alias.CHAMPION, Alias.CHALLENGER, Alias.PREVIOUS);

  private final Decisions decisions;
  private final Aliases aliases;
  private final Versions versions;
  private final Clock clock;

  DecisionBook(Decisions decisions, Aliases aliases, Versions versions, Clock clock) {
    this.decisions = decisions;
    this.aliases = aliases;
    this.versions = versions;
    this.clock = clock;
  }

  History history() {
    Decisions.Read read = decisions.read();
    carryOut(read.decisions());
    Map<String, Alias> found = new HashMap<>();
    for (String name : ALIASES) {
      aliases.read(name).ifPresent(alias -> found.put(name, alias));
    }
    return new History(read, found);
  }

  Decision decide(History seen, Decision draft) {
    int version =
        ObjectNames.version(draft.getVersion())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "version: " + draft.getVersion() + " (expected: a number from 1 on)"));
    require("who", draft.getWho());
    require("reason", draft.getReason());
    versions.require(version);
    OptionalInt champion = seen.champion();
    Decision.Builder decision =
        draft.toBuilder()
            .setNumber(seen.nextNumber())
            .setDecidedAt(clock.instant().toString())
            .setChampion(champion.isPresent() ? Integer.toString(champion.getAsInt()) : "")
            .clearMoves()
            .setPreviousSha256(seen.lastSha256());
    for (AliasMove move : AliasMoves.of(seen, draft, version)) {
      decision.addMoves(withDigest(move));
    }
    Decision made = decision.build();
    decisions.append(made);
    carryOut(List.of(made));
    return made;
  }

  /** The digests of a version's manifest that aliases and decisions hold. */
  Set<String> pinned(int version) {
    History history = history();
    return pinned(
        version,
        history.decisions(),
        ALIASES.stream().flatMap(name -> history.alias(name).stream()).toList());
  }

  /** The same of what was read already. */
  static Set<String> pinned(int version, List<Decision> made, Collection<Alias> aliases) {
    Set<String> digests = new HashSet<>();
    made.stream()
        .flatMap(decision -> decision.getMovesList().stream())
        .filter(move -> move.getTo().equals(Integer.toString(version)))
        .forEach(move -> digests.add(move.getToManifestSha256()));
    aliases.stream()
        .filter(alias -> alias.version() == version)
        .forEach(alias -> digests.add(alias.manifestSha256()));
    return digests;
  }

  /** Looks at all, and carries out nothing. */
  RegistryAudit.Result audit(Contract contract) {
    return RegistryAudit.of(decisions, aliases, versions, contract);
  }

  private void carryOut(List<Decision> made) {
    Map<String, Decision> latest = new LinkedHashMap<>();
    made.forEach(decision -> aliases(decision).forEach(alias -> latest.put(alias, decision)));
    latest.forEach(
        (alias, decision) ->
            decision.getMovesList().stream()
                .filter(move -> move.getAlias().equals(alias))
                .forEach(move -> aliases.carryOut(decision, move)));
  }

  private static Stream<String> aliases(Decision decision) {
    return decision.getMovesList().stream().map(AliasMove::getAlias);
  }

  private AliasMove withDigest(AliasMove move) {
    OptionalInt to = ObjectNames.version(move.getTo());
    return to.isEmpty()
        ? move
        : move.toBuilder().setToManifestSha256(versions.require(to.getAsInt()).sha256()).build();
  }

  private static void require(String field, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(field + ": empty (expected: a text)");
    }
  }
}
