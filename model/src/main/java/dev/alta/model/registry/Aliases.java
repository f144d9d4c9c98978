package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.AliasMove;
import dev.alta.proto.v1.AliasTarget;
import dev.alta.proto.v1.Decision;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The pointers of one model, replaced by compare-and-set. */
final class Aliases {
  private static final int MOST_ATTEMPTS = 20;

  /** What lies there; an empty target where nothing does. */
  private record Slot(AliasTarget target, Optional<String> etag) {
    boolean pointsToNone() {
      return target.getVersion().isEmpty();
    }
  }

  private final ObjectStore store;
  private final ObjectNames names;
  private final Clock clock;

  Aliases(ObjectStore store, ObjectNames names, Clock clock) {
    this.store = store;
    this.names = names;
    this.clock = clock;
  }

  Optional<Alias> read(String alias) {
    Slot slot = slot(alias);
    // What was emptied, as opposed to written badly, says by which decision.
    boolean none =
        slot.pointsToNone() && (slot.etag().isEmpty() || slot.target().getDecision() > 0);
    return none ? Optional.empty() : Optional.of(parsed(alias, slot.target(), slot.etag()));
  }

  /** All that are set, by name. */
  List<Alias> all() {
    return store.list(names.aliases()).stream()
        .flatMap(object -> names.aliasOf(object).stream())
        .flatMap(alias -> read(alias).stream())
        .toList();
  }

  Alias set(
      String alias, int version, String manifestSha256, Optional<Alias> expected, String reason) {
    Slot slot = slot(alias);
    Optional<String> etag = expected.map(Alias::etag);
    if (expected.isEmpty() && slot.pointsToNone()) {
      etag = slot.etag();
    }
    AliasTarget target =
        AliasTarget.newBuilder()
            .setVersion(Integer.toString(version))
            .setManifestSha256(manifestSha256)
            .setSetAt(clock.instant().toString())
            .setPreviousVersion(expected.map(old -> Integer.toString(old.version())).orElse(""))
            .setReason(reason)
            .setDecision(expected.map(Alias::decision).orElse(slot.target().getDecision()))
            .build();
    return parsed(alias, target, Optional.of(write(alias, Documents.write(target), etag)));
  }

  /**
   * Moves an alias as was decided, unless this or a later decision is carried out already: the same
   * by whoever does it, and as often as it is done.
   */
  void carryOut(Decision decision, AliasMove move) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Slot slot = slot(move.getAlias());
      if (slot.target().getDecision() >= decision.getNumber()
          || written(move.getAlias(), target(decision, move, slot), slot)) {
        return;
      }
    }
    throw new RegistryException.AliasConflict(move.getAlias());
  }

  private AliasTarget target(Decision decision, AliasMove move, Slot slot) {
    return AliasTarget.newBuilder()
        .setVersion(move.getTo())
        .setManifestSha256(move.getToManifestSha256())
        .setSetAt(clock.instant().toString())
        .setPreviousVersion(slot.target().getVersion())
        .setReason(decision.getReason())
        .setDecision(decision.getNumber())
        .build();
  }

  /** False where somebody else was faster, who may be carrying out the same decision. */
  private boolean written(String alias, AliasTarget target, Slot slot) {
    try {
      write(alias, Documents.write(target), slot.etag());
      return true;
    } catch (RegistryException.AliasConflict somebodyElse) {
      return false;
    }
  }

  private Slot slot(String alias) {
    String object = names.alias(alias);
    try {
      ObjectStore.Fetched fetched = store.get(object, Documents.LARGEST);
      AliasTarget.Builder target = AliasTarget.newBuilder();
      Documents.read(object, fetched.bytes(), target);
      return new Slot(target.build(), Optional.of(fetched.etag()));
    } catch (StoreException.NotFound absent) {
      return new Slot(AliasTarget.getDefaultInstance(), Optional.empty());
    }
  }

  private String write(String alias, ByteString document, Optional<String> etag) {
    String object = names.alias(alias);
    try {
      return etag.isPresent()
          ? store.replace(object, document, etag.get())
          : store.create(object, document);
    } catch (StoreException.PreconditionFailed changed) {
      throw new RegistryException.AliasConflict(alias);
    }
  }

  private Alias parsed(String alias, AliasTarget target, Optional<String> etag) {
    OptionalInt version = ObjectNames.version(target.getVersion());
    if (version.isEmpty()) {
      throw new RegistryException.Damaged(
          names.alias(alias), "version " + target.getVersion(), "a number from 1 on");
    }
    return new Alias(
        alias,
        version.getAsInt(),
        target.getManifestSha256(),
        instant(alias, target.getSetAt()),
        ObjectNames.version(target.getPreviousVersion()),
        target.getReason(),
        target.getDecision(),
        etag.orElse(""));
  }

  private Instant instant(String alias, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new RegistryException.Damaged(names.alias(alias), "set_at " + text, "RFC 3339, UTC");
    }
  }
}
