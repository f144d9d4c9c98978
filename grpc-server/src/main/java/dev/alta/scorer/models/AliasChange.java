package dev.alta.scorer.models;

import dev.alta.model.registry.Alias;
import dev.alta.model.registry.History;
import dev.alta.model.registry.Registry;
import dev.alta.proto.v1.Decision;
import dev.alta.proto.v1.DecisionKind;
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
    return done(version, previous).setDecision(decision.getNumber()).build();
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
    if (request.hasExpectedVersion() && !request.getExpectedVersion().equals(found)) {
      throw Status.ABORTED
          .withDescription(
              "alias "
                  + request.getAlias()
                  + ": "
                  + words(found)
                  + " (expected: "
                  + words(request.getExpectedVersion())
                  + ")")
          .asRuntimeException();
    }
    return found;
  }

  private static String words(String version) {
    return version.isEmpty() ? "points to no version" : "points to version " + version;
  }
}
