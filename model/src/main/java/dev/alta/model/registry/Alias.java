package dev.alta.model.registry;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A name that points to a version, as it was read.
 *
 * @param manifestSha256 digest of the manifest it was set to, lower-case hexadecimal
 * @param previousVersion the version before, where there was one
 * @param reason why it was set
 * @param decision the latest decision that is carried out in it; 0 if it was set without one
 * @param etag changes with every setting; what {@link Registry#setAlias} compares
 */
public record Alias(
    String name,
    int version,
    String manifestSha256,
    Instant setAt,
    OptionalInt previousVersion,
    String reason,
    int decision,
    String etag) {
  /** The version that answers. */
  public static final String CHAMPION = "champion";

  /** The latest version that was proposed and did not become champion. */
  public static final String CHALLENGER = "challenger";

  /** The champion before the one of now. */
  public static final String PREVIOUS = "previous";
}
