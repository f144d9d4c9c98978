package dev.alta.core.contract;

import com.google.protobuf.Message;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Writes a row into a message of its contract. */
public final class RowMessage {
  // As many as there are contracts in a process: one, or two in tests.
  private static final Map<Class<?>, GeneratedSetters> SETTERS = new ConcurrentHashMap<>();

  private RowMessage() {}

  /**
   * Sets the fields that are recorded in the row.
   *
   * @param message a builder of the contract's generated class
   * @throws IllegalArgumentException if it is none
   */
  public static <B extends Message.Builder> B write(Row row, B message) {
    Contract contract = row.contract();
    GeneratedSetters setters = SETTERS.get(message.getClass());
    if (setters == null) {
      setters = new GeneratedSetters(message.getClass(), contract);
      SETTERS.put(message.getClass(), setters);
    }
    for (Column column : contract.columns()) {
      if (row.recorded(column)) {
        setters.set(message, row, column);
      }
    }
    return message;
  }
}
