package dev.alta.model.registry;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the objects of one model lie in the bucket. */
final class ObjectNames {
  static final String MODEL = "model.pb";
  static final String NATIVE = "native.json";
  static final String MANIFEST = "manifest.json";

  // A name begins with a letter, so that it is no path and no version.
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
  private static final Pattern VERSIONED = Pattern.compile("([1-9][0-9]{0,8})/([a-z.]+)");

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

  String alias(String alias) {
    return root + "aliases/" + checked("alias", alias);
  }

  /** The version that an object in the store belongs to, if it is one of a version's objects. */
  OptionalInt versionOf(String object) {
    Matcher matcher = VERSIONED.matcher(object.substring(versions().length()));
    return matcher.matches() ? version(matcher.group(1)) : OptionalInt.empty();
  }

  private static String checked(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + ": " + name + " (expected: a letter, then up to 62 of a-z, 0-9, _ and -)");
    }
    return name;
  }
}
