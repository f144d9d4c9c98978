package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.AliasTarget;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;

/** The pointers of one model, replaced by compare-and-set. */
final class Aliases {
  private final ObjectStore store;
  private final ObjectNames names;
  private final Clock clock;

  Aliases(ObjectStore store, ObjectNames names, Clock clock) {
    this.store = store;
    this.names = names;
    this.clock = clock;
  }

  Optional<Alias> read(String alias) {
    String object = names.alias(alias);
    ObjectStore.Fetched fetched;
    try {
      fetched = store.get(object, Documents.LARGEST);
    } catch (StoreException.NotFound absent) {
      return Optional.empty();
    }
    AliasTarget.Builder target = AliasTarget.newBuilder();
    Documents.read(object, fetched.bytes(), target);
    return Optional.of(parsed(alias, target.build(), fetched.etag()));
  }

  Alias set(
      String alias, int version, String manifestSha256, Optional<Alias> expected, String reason) {
    AliasTarget target =
        AliasTarget.newBuilder()
            .setVersion(Integer.toString(version))
            .setManifestSha256(manifestSha256)
            .setSetAt(clock.instant().toString())
            .setPreviousVersion(expected.map(old -> Integer.toString(old.version())).orElse(""))
            .setReason(reason)
            .build();
    return parsed(alias, target, write(alias, Documents.write(target), expected));
  }

  private String write(String alias, ByteString document, Optional<Alias> expected) {
    String object = names.alias(alias);
    try {
      return expected.isPresent()
          ? store.replace(object, document, expected.get().etag())
          : store.create(object, document);
    } catch (StoreException.PreconditionFailed changed) {
      throw new RegistryException.AliasConflict(alias);
    }
  }

  private Alias parsed(String alias, AliasTarget target, String etag) {
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
        etag);
  }

  private Instant instant(String alias, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException malformed) {
      throw new RegistryException.Damaged(names.alias(alias), "set_at " + text, "RFC 3339, UTC");
    }
  }
}
