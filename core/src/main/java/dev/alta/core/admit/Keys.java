package dev.alta.core.admit;

import com.google.protobuf.ByteString;
import dev.alta.core.digest.Sha256;
import dev.alta.core.life.CannotStartException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tokens and names with their rights. A line is {@code right token} or {@code right name NAME}, a
 * name being that in a client's certificate; empty lines and those that begin with {@code #} say
 * nothing. A token on two lines has both rights.
 */
final class Keys {
  private static final int SHORTEST = 16;

  private record Key(ByteString digest, Right right) {}

  private final List<Key> tokens = new ArrayList<>();
  private final List<Key> names = new ArrayList<>();

  private Keys() {}

  /**
   * Reads lines.
   *
   * @throws CannotStartException if a line is none; names its number and says nothing of a token
   */
  static Keys read(String source, List<String> lines) {
    Keys keys = new Keys();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(source + ": line " + (i + 1), List.of(line.split("\\s+")));
      }
    }
    if (keys.tokens.isEmpty() && keys.names.isEmpty()) {
      throw new CannotStartException(
          source + ": no token (expected: at least one, as in predict " + "0123456789abcdef)");
    }
    return keys;
  }

  private void add(String where, List<String> words) {
    Right right =
        Right.of(words.get(0))
            .orElseThrow(
                () -> new CannotStartException(where + ": (expected: predict, admin or metrics)"));
    if (words.size() == 3 && words.get(1).equals("name")) {
      names.add(new Key(digest(words.get(2)), right));
    } else if (words.size() == 2 && words.get(1).length() >= SHORTEST) {
      tokens.add(new Key(digest(words.get(1)), right));
    } else {
      throw new CannotStartException(
          where
              + ": (expected: a right and a token of at least "
              + SHORTEST
              + " characters, or a right, the word name, and a name)");
    }
  }

  Set<Right> ofToken(String token) {
    return rights(tokens, token);
  }

  Set<Right> ofName(String name) {
    return rights(names, name);
  }

  /** Takes as long for a wrong key as for a right one, wherever they differ. */
  private static Set<Right> rights(List<Key> keys, String given) {
    ByteString digest = digest(given);
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Key key : keys) {
      if (MessageDigest.isEqual(key.digest().toByteArray(), digest.toByteArray())) {
        rights.add(key.right());
      }
    }
    return rights;
  }

  private static ByteString digest(String text) {
    return ByteString.copyFrom(Sha256.start().digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
