package dev.alta.scorer.models;

import dev.alta.model.registry.Alias;
import dev.alta.model.registry.History;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.AliasMove;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
import dev.alta.proto.v1.RollBackRequest;
import dev.alta.proto.v1.SetAliasRequest;
import dev.alta.proto.v1.SetAliasResponse;
import io.grpc.Status;
import java.util.Optional;

/** Points an alias of the registry to a version, as one request asks. */
final class AliasChange {
  private final SetAliasRequest request;
  private final Registry registry;

  AliasChange(SetAliasRequest request, Registry registry) {
    this.request = request;
    this.registry = registry;
  }

  /**
   * Does it.
   *
   * @throws dev.alta.model.registry.RegistryException if the registry refuses
   * @throws io.grpc.StatusRuntimeException if the alias does not point to where it should
   */
  SetAliasResponse make() {
    int version = registry.version(request.getVersion());
    return request.getAlias().equals(Alias.CHAMPION) ? decide(version) : set(version);
  }

  /**
   * Makes the previous champion champion again.
   *
   * @throws dev.alta.model.registry.RegistryException if there is none to go back to
   * @throws io.grpc.StatusRuntimeException if the champion is not the one that is expected
   */
  static SetAliasResponse rollBack(RollBackRequest request, Registry registry) {
    History seen = registry.history();
    int champion = registry.version(Alias.CHAMPION);
    requireExpected(
        Alias.CHAMPION,
        request.hasExpectedVersion() ? Optional.of(request.getExpectedVersion()) : Optional.empty(),
        Integer.toString(champion));
    Decision decision =
        registry.decide(
            seen,
            Decision.newBuilder()
                .setKind(DecisionKind.ROLLED_BACK)
                .setVersion(Integer.toString(champion))
                .setWho(request.getWho())
                .setReason(request.getReason())
                .build());
    return SetAliasResponse.newBuilder()
        .setAlias(Alias.CHAMPION)
        .setVersion(
            decision.getMovesList().stream()
                .filter(move -> move.getAlias().equals(Alias.CHAMPION))
                .map(AliasMove::getTo)
                .findFirst()
                .orElseThrow())
        .setPreviousVersion(Integer.toString(champion))
        .setDecision(decision)
        .build();
  }

  /** Who is champion is a decision; the aliases follow from it. */
  private SetAliasResponse decide(int version) {
    History seen = registry.history();
    String previous = requireExpected(seen.alias(Alias.CHAMPION));
    Decision decision =
        registry.decide(
            seen,
            Decision.newBuilder()
                .setKind(DecisionKind.PROMOTED)
                .setForced(true)
                .setVersion(Integer.toString(version))
                .setWho(request.getWho())
                .setReason(request.getReason())
                .build());
    return done(version, previous).setDecision(decision).build();
  }

  private SetAliasResponse set(int version) {
    Optional<Alias> before = registry.alias(request.getAlias());
    String previous = requireExpected(before);
    registry.setAlias(
        request.getAlias(), version, before, request.getReason() + " (" + request.getWho() + ")");
    return done(version, previous).build();
  }

  private SetAliasResponse.Builder done(int version, String previous) {
    return SetAliasResponse.newBuilder()
        .setAlias(request.getAlias())
        .setVersion(Integer.toString(version))
        .setPreviousVersion(previous);
  }

  /** The version that it points to now; empty for none. */
  private String requireExpected(Optional<Alias> now) {
    String found = now.map(alias -> Integer.toString(alias.version())).orElse("");
    requireExpected(
        request.getAlias(),
        request.hasExpectedVersion() ? Optional.of(request.getExpectedVersion()) : Optional.empty(),
        found);
    return found;
  }

  private static void requireExpected(String alias, Optional<String> expected, String found) {
    if (expected.isPresent() && !expected.get().equals(found)) {
      throw Status.ABORTED
          .withDescription(
              "alias " + alias + ": " + words(found) + " (expected: " + words(expected.get()) + ")")
          .asRuntimeException();
    }
  }

  private static String words(String version) {
    return version.isEmpty() ? "points to no version" : "points to version " + version;
  }
}
