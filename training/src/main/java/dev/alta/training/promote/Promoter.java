package dev.alta.training.promote;

import dev.alta.model.registry.Alias;
import dev.alta.model.registry.Registry;
import dev.alta.model.registry.RegistryException;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Manifest;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides on the alias {@value #CHAMPION}. Without a champion, a version becomes it if it ranks
 * better than chance: every AUROC above 0.5. Accuracy does not decide, since what a hospital acts
 * on is the order of the patients, and always answering the most frequent class is hard to beat
 * where the rare one matters. With a champion, only if the caller asks for it as well.
 */
public final class Promoter {
  /** The alias of the version that answers. */
  public static final String CHAMPION = "champion";

  private static final double CHANCE = 0.5;

  private final Registry registry;

  public Promoter(Registry registry) {
    this.registry = registry;
  }

  /**
   * Decides and, where the version wins, sets the alias.
   *
   * @param replace whether it may take the place of a champion
   */
  public Promotion promote(Manifest version, boolean replace) {
    Optional<Alias> champion = registry.alias(CHAMPION);
    Optional<String> weakness = weakness(version.getTest());
    if (weakness.isPresent()) {
      return new Promotion.NotPromoted(weakness.get());
    }
    if (champion.isPresent() && !replace) {
      return new Promotion.NotPromoted(
          "version " + champion.get().version() + " stays champion: nobody asked to replace it");
    }
    String reason = strength(version.getTest(), champion);
    try {
      registry.setAlias(CHAMPION, Integer.parseInt(version.getVersion()), champion, reason);
      return new Promotion.Promoted(reason);
    } catch (RegistryException.AliasConflict conflict) {
      return new Promotion.NotPromoted("somebody else has set the alias in the meantime");
    }
  }

  /** Why a version must not be champion at all. */
  static Optional<String> weakness(Evaluation test) {
    for (double auroc : test.getAurocList()) {
      // Written so that a NaN is a weakness too.
      if (!(auroc > CHANCE)) {
        return Optional.of(format("test AUROC %.4f (expected: more than %.1f)", auroc, CHANCE));
      }
    }
    return Optional.empty();
  }

  private static String strength(Evaluation test, Optional<Alias> champion) {
    return format(
        "%s: mean AUROC %.4f on the test rows; accuracy %.4f, the most frequent class %.4f",
        champion.map(old -> "asked to replace version " + old.version()).orElse("first champion"),
        test.getMeanAuroc(),
        test.getAccuracy(),
        test.getMajorityShare());
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
