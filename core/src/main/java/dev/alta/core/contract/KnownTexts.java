package dev.alta.core.contract;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A few texts that are looked up often. Looks at three characters of a text before it compares
 * them, where a hash map reads each to its end; gives the known text itself, so that further
 * look-ups need no hash of a new one.
 */
final class KnownTexts {
  private static final int ROOM = 4;

  private final @Nullable String[] slots;

  KnownTexts(Collection<String> texts) {
    slots = new String[Integer.highestOneBit(Math.max(1, texts.size())) * ROOM];
    for (String text : texts) {
      int slot = slot(text);
      while (slots[slot] != null) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = text;
    }
  }

  /** The known text that equals this one, or null. */
  @Nullable String find(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int slot = slot(text);
    String known = slots[slot];
    while (known != null && !known.equals(text)) {
      slot = (slot + 1) & (slots.length - 1);
      known = slots[slot];
    }
    return known;
  }

  private int slot(String text) {
    int length = text.length();
    int mixed =
        length + 31 * text.charAt(0) + 67 * text.charAt(length / 2) + 131 * text.charAt(length - 1);
    return (mixed ^ (mixed >>> 5)) & (slots.length - 1);
  }
}
