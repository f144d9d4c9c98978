package dev.alta.model.registry;

import dev.alta.core.audit.Finding;
import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.AliasMove;
import dev.alta.proto.v1.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks versions, decisions and aliases of a model against each other; changes nothing. */
public final class RegistryAudit {
  /**
   * What was found.
   *
   * @param generations of which data each version was made; those that can be read
   * @param decisions how many there are; 0 where they cannot be read
   */
  public record Result(Map<Integer, Long> generations, int decisions, List<Finding> findings) {}

  private static final String VERSION =
      "promote or roll back to another version if it is champion; " + Finding.RESTORE;

  private final Decisions decisions;
  private final Aliases aliases;
  private final Versions versions;
  private final List<Finding> findings = new ArrayList<>();

  private RegistryAudit(Decisions decisions, Aliases aliases, Versions versions) {
    this.decisions = decisions;
    this.aliases = aliases;
    this.versions = versions;
  }

  static Result of(Decisions decisions, Aliases aliases, Versions versions, Contract contract) {
    return new RegistryAudit(decisions, aliases, versions).run(contract);
  }

  private Result run(Contract contract) {
    List<Decision> made = decisions();
    Map<String, Alias> found = new TreeMap<>();
    DecisionBook.ALIASES.forEach(
        name -> alias(name, made).ifPresent(alias -> found.put(name, alias)));
    Map<Integer, Long> generations = new TreeMap<>();
    List<Integer> existing = versions.existing();
    for (int version : existing) {
      version(version, contract, DecisionBook.pinned(version, made, found.values()));
      generation(version).ifPresent(generation -> generations.put(version, generation));
    }
    found.values().stream()
        .filter(alias -> !existing.contains(alias.version()))
        .forEach(
            alias ->
                add(
                    "alias %s: version %d, which is not there (expected: one of %s)"
                        .formatted(alias.name(), alias.version(), existing),
                    VERSION));
    return new Result(generations, made.size(), List.copyOf(findings));
  }

  private List<Decision> decisions() {
    try {
      return decisions.read().decisions();
    } catch (RegistryException.Damaged damaged) {
      add(String.valueOf(damaged.getMessage()), Finding.RESTORE);
      return List.of();
    }
  }

  private Optional<Alias> alias(String name, List<Decision> made) {
    Optional<Alias> found;
    try {
      found = aliases.read(name);
    } catch (RegistryException.Damaged damaged) {
      add(String.valueOf(damaged.getMessage()), Finding.RESTORE);
      return Optional.empty();
    }
    Map<Integer, AliasMove> moves = new HashMap<>();
    int last = 0;
    for (Decision decision : made) {
      for (AliasMove move : decision.getMovesList()) {
        if (move.getAlias().equals(name)) {
          last = decision.getNumber();
          moves.put(last, move);
        }
      }
    }
    AliasMove move = moves.get(last);
    String there = found.map(alias -> Integer.toString(alias.version())).orElse("");
    if (move != null && !move.getTo().equals(there)) {
      add(
          "alias %s: version %s (expected: %s, by decision %d)"
              .formatted(name, orNone(there), orNone(move.getTo()), last),
          "alta models list carries out what was decided; if it stays so, " + Finding.RESTORE);
    }
    return found;
  }

  private static String orNone(String version) {
    return version.isEmpty() ? "none" : version;
  }

  private void version(int version, Contract contract, Set<String> pinned) {
    VersionCheck.of(versions, contract, version, pinned)
        .findings()
        .forEach(finding -> add(finding, VERSION));
  }

  /** Empty where the manifest cannot be read, which is a finding already. */
  private Optional<Long> generation(int version) {
    try {
      return Optional.of(versions.require(version).manifest().getProvenance().getDataGeneration());
    } catch (RegistryException.Damaged damaged) {
      return Optional.empty();
    }
  }

  private void add(String what, String remedy) {
    findings.add(new Finding(what, remedy));
  }
}
