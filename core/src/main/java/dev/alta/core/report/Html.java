package dev.alta.core.report;

import java.util.Locale;

/** Texts and numbers as they stand in a page. */
public final class Html {
  private Html() {}

  /** A text of which nothing is taken for markup. */
  public static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** {@code 12,345}. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** {@code 12.3%}; what is more than nothing is never shown as nothing. */
  public static String share(double share) {
    if (share > 0 && share < 0.0005) {
      return "<0.1%";
    }
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** With three digits or so, and none too many. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return count((long) value);
    }
    int decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Cut to a length in the middle: names that begin alike mostly end differently. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int head = longest / 2;
    return text.substring(0, head) + "…" + text.substring(text.length() - (longest - head - 1));
  }
}
