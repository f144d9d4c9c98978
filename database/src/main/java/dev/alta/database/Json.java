package dev.alta.database;

import dev.alta.core.contract.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The little JSON that is stored. */
final class Json {
  private Json() {}

  /** {@code [{"column":"age","value":"x","expected":"…"}]}. */
  static String reasons(List<Violation> violations) {
    return violations.stream()
        .map(
            v ->
                "{\"column\":"
                    + text(v.field())
                    + ",\"value\":"
                    + text(v.value())
                    + ",\"expected\":"
                    + text(v.expected())
                    + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** {@code {"NO":0.61,">30":0.29}}. */
  static String numbers(Map<String, Double> numbers) {
    return numbers.entrySet().stream()
        .map(entry -> text(entry.getKey()) + ":" + entry.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** {@code [{"column":"age","value":"x","contribution":0.3}]}. */
  static String contributions(List<ScoredEncounter.Reason> reasons) {
    return reasons.stream()
        .map(
            r ->
                "{\"column\":"
                    + text(r.column())
                    + ",\"value\":"
                    + text(r.value())
                    + ",\"contribution\":"
                    + r.contribution()
                    + "}")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String text(String value) {
    StringBuilder json = new StringBuilder(value.length() + 2).append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c == 0 || isLoneSurrogate(value, i)) {
        json.append('\uFFFD'); // jsonb refuses both
      } else if (c < ' ') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
