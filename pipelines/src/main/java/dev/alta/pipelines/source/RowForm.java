package dev.alta.pipelines.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a row is written. */
public enum RowForm {
  /** {@code ["1","2"]}, in the order of the answer's {@code columns}. */
  LISTS,
  /** {@code {"a":"1","b":"2"}}. */
  OBJECTS;

  static Optional<RowForm> of(String text) {
    return Arrays.stream(values()).filter(form -> form.toString().equals(text)).findFirst();
  }

  /** As it is written in a request: {@code lists}, {@code objects}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
