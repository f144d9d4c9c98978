package dev.alta.core.contract;

/** The spelling of ICD-9-CM codes: {@code 250.83}, {@code V57}, {@code E849.0}. */
final class Icd9Code {
  private static final int DIGITS = 3;
  private static final int DIGITS_OF_V = 2;

  private Icd9Code() {}

  /** Whether a text is spelled as a code; of some that are, there is none. */
  static boolean is(String text) {
    if (text.isEmpty()) {
      return false;
    }
    return switch (text.charAt(0)) {
      case 'V' -> digits(text, 1) == DIGITS_OF_V && isEnd(text, 1 + DIGITS_OF_V, 2);
      case 'E' -> digits(text, 1) == DIGITS && isEnd(text, 1 + DIGITS, 1);
      default -> {
        int digits = digits(text, 0);
        yield digits >= 1 && digits <= DIGITS && isEnd(text, digits, 2);
      }
    };
  }

  /** Nothing, or a point and one digit or up to so many. */
  private static boolean isEnd(String text, int point, int most) {
    if (point == text.length()) {
      return true;
    }
    int digits = digits(text, point + 1);
    return text.charAt(point) == '.'
        && digits >= 1
        && digits <= most
        && point + 1 + digits == text.length();
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - from;
  }
}
