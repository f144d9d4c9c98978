package dev.alta.core.clean;

import java.util.List;

/**
 * The nine groups of ICD-9-CM diagnoses of Strack et al. 2014 (DOI 10.1155/2014/781670, table 2).
 * Supplementary codes (V, E) and all that is not named fall into "Other".
 */
final class Icd9Groups implements CodeGroups {
  static final Icd9Groups INSTANCE = new Icd9Groups();

  private static final List<String> NAMES =
      List.of(
          "Circulatory",
          "Respiratory",
          "Digestive",
          "Diabetes",
          "Injury",
          "Musculoskeletal",
          "Genitourinary",
          "Neoplasms",
          "Other");
  private static final int CIRCULATORY = 0;
  private static final int RESPIRATORY = 1;
  private static final int DIGESTIVE = 2;
  private static final int DIABETES = 3;
  private static final int INJURY = 4;
  private static final int MUSCULOSKELETAL = 5;
  private static final int GENITOURINARY = 6;
  private static final int NEOPLASMS = 7;
  private static final int OTHER = 8;
  private static final int THREE_DIGITS = 1_000;
  private static final float FIRST_V = 1_000;
  private static final float FIRST_E = 2_000;

  private Icd9Groups() {}

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public int groupOf(String code) {
    int category = category(code);
    if (category == 250) {
      return DIABETES;
    } else if ((category >= 390 && category <= 459) || category == 785) {
      return CIRCULATORY;
    } else if ((category >= 460 && category <= 519) || category == 786) {
      return RESPIRATORY;
    } else if ((category >= 520 && category <= 579) || category == 787) {
      return DIGESTIVE;
    } else if ((category >= 580 && category <= 629) || category == 788) {
      return GENITOURINARY;
    } else if (category >= 140 && category <= 239) {
      return NEOPLASMS;
    } else if (category >= 710 && category <= 739) {
      return MUSCULOSKELETAL;
    } else if (category >= 800 && category <= 999) {
      return INJURY;
    }
    return OTHER;
  }

  /** Diseases by their number, then the supplementary V codes, then the E codes. */
  @Override
  public float positionOf(String code) {
    return switch (code.charAt(0)) {
      case 'V' -> FIRST_V + number(code, 1);
      case 'E' -> FIRST_E + number(code, 1);
      default -> number(code, 0);
    };
  }

  /** The float that is nearest to what is written; at most two digits behind the point. */
  private static float number(String code, int from) {
    int hundredths = 0;
    int behind = -1;
    for (int i = from; i < code.length(); i++) {
      char c = code.charAt(i);
      if (c == '.') {
        behind = 0;
      } else {
        hundredths = 10 * hundredths + (c - '0');
        behind += behind < 0 ? 0 : 1;
      }
    }
    for (int i = Math.max(behind, 0); i < 2; i++) {
      hundredths *= 10;
    }
    return (float) (hundredths / 100.0);
  }

  @Override
  public String categoryOf(String code) {
    int point = code.indexOf('.');
    return point < 0 ? code : code.substring(0, point);
  }

  @Override
  public int categories() {
    return 5 * THREE_DIGITS;
  }

  /** Codes with one, two and three digits, which are not the same, then V and E codes. */
  @Override
  public int categoryNumber(String code) {
    char first = code.charAt(0);
    boolean supplementary = first == 'V' || first == 'E';
    int number = 0;
    int i = supplementary ? 1 : 0;
    for (; i < code.length() && code.charAt(i) != '.'; i++) {
      number = 10 * number + (code.charAt(i) - '0');
    }
    int kind = supplementary ? (first == 'V' ? 3 : 4) : i - 1;
    return kind * THREE_DIGITS + number;
  }

  /** The digits before the point; -1 for a supplementary code. */
  private static int category(String code) {
    int number = 0;
    for (int i = 0; i < code.length() && code.charAt(i) != '.'; i++) {
      char digit = code.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      number = number * 10 + (digit - '0');
    }
    return number;
  }
}
