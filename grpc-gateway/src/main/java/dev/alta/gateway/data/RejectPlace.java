package dev.alta.gateway.data;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a rejected row stands: {@code 17-402} is line 402 of the source, within batch 17.
 *
 * @param batch of the ledger
 * @param line where it begins in the source
 */
public record RejectPlace(long batch, long line) {
  /** After all there are. */
  public static final RejectPlace END = new RejectPlace(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

  /** Reads what {@link #toString} writes; empty where it is something else. */
  public static Optional<RejectPlace> of(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new RejectPlace(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return batch + "-" + line;
  }
}
