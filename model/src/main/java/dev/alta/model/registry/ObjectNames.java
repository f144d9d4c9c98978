package dev.alta.model.registry;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the objects of one model lie in the bucket. */
final class ObjectNames {
  static final String MODEL = "model.pb";
  static final String NATIVE = "native.json";
  static final String MANIFEST_DIGEST = "manifest.sha256";
  static final String MANIFEST = "manifest.json";

  // A name begins with a letter, so that it is no path and no version.
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern VERSIONED = Pattern.compile("([1-9][0-9]{0,8})/([a-z0-9.-]+)");
  private static final Pattern DECISION = Pattern.compile("([1-9][0-9]{0,8})\\.json");
  private static final Pattern ATTACHMENT =
      Pattern.compile("[a-z][a-z0-9-]{0,62}(\\.[a-z0-9]{1,8})+");
  private static final Set<String> OWN = Set.of(MODEL, NATIVE, MANIFEST_DIGEST, MANIFEST);

  private final String root;

  ObjectNames(String model) {
    this.root = "models/" + checked("model name", model) + "/";
  }

  /** The number that a text stands for, if it is one of a version. */
  static OptionalInt version(String text) {
    return VERSION.matcher(text).matches()
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  String versions() {
    return root + "versions/";
  }

  String of(int version, String object) {
    if (version < 1) {
      throw new IllegalArgumentException("version: " + version + " (expected: 1 or more)");
    }
    return versions() + version + "/" + object;
  }

  String aliases() {
    return root + "aliases/";
  }

  String alias(String alias) {
    return aliases() + checked("alias", alias);
  }

  /** The alias that an object stands for, if it is one. */
  Optional<String> aliasOf(String object) {
    return Optional.of(object.substring(aliases().length()))
        .filter(alias -> NAME.matcher(alias).matches());
  }

  /** The version that an object in the store belongs to, if it is one of a version's objects. */
  OptionalInt versionOf(String object) {
    Matcher matcher = VERSIONED.matcher(object.substring(versions().length()));
    return matcher.matches() ? version(matcher.group(1)) : OptionalInt.empty();
  }

  String decisions() {
    return root + "decisions/";
  }

  String decision(int number) {
    return decisions() + number + ".json";
  }

  /** The number of a decision's object, if it is one. */
  OptionalInt decisionOf(String object) {
    Matcher matcher = DECISION.matcher(object.substring(decisions().length()));
    return matcher.matches() ? version(matcher.group(1)) : OptionalInt.empty();
  }

  /** Whether a version's object is one that all versions have, not an attachment. */
  static boolean isOwn(String object) {
    return OWN.contains(object);
  }

  /** Whether a name is one that an object of a version can have: no path, no step up. */
  static boolean isObject(String name) {
    return OWN.contains(name) || ATTACHMENT.matcher(name).matches();
  }

  /** An attachment's name, if it can be one. */
  static String checkedAttachment(String name) {
    if (!ATTACHMENT.matcher(name).matches() || OWN.contains(name)) {
      throw new IllegalArgumentException(
          "attachment: "
              + name
              + " (expected: a-z, 0-9 and - with an ending, such as card.html, and none of "
              + String.join(", ", new TreeSet<>(OWN))
              + ")");
    }
    return name;
  }

  private static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + ": " + name + " (expected: a letter, then up to 62 of a-z, 0-9, _ and -)");
    }
    return name;
  }
}
