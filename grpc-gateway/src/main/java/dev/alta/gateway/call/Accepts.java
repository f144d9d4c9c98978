package dev.alta.gateway.call;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.List;

/** Whether a caller takes what a call answers, by RFC 9110: the most specific range counts. */
final class Accepts {
  private static final String JSON = "application/json";
  private static final String ALL = "*/*";

  private Accepts() {}

  static boolean any(RequestHeaders headers, List<Result> results) {
    String accepted = headers.get(HttpHeaderNames.ACCEPT);
    if (accepted == null || accepted.equals(ALL)) {
      return true;
    }
    if (accepted.equals(JSON) && results.get(0).type().is(MediaType.JSON)) {
      return true;
    }
    List<MediaType> ranges = headers.accept();
    // What nobody can read is taken for nothing.
    return ranges.isEmpty() || results.stream().anyMatch(result -> takes(ranges, result.type()));
  }

  private static boolean takes(List<MediaType> ranges, MediaType type) {
    int best = -1;
    boolean taken = false;
    for (MediaType range : ranges) {
      int specific = specific(range, type);
      if (specific > best) {
        best = specific;
        taken = range.qualityFactor() > 0;
      }
    }
    return taken;
  }

  /** How closely a range names a type; -1: not at all. */
  private static int specific(MediaType range, MediaType type) {
    if (range.type().equals("*")) {
      return 0;
    }
    if (!range.type().equals(type.type())) {
      return -1;
    }
    if (range.subtype().equals("*")) {
      return 1;
    }
    return range.subtype().equals(type.subtype()) ? 2 : -1;
  }
}
