package dev.alta.pipelines.source;

/** The names in requests and answers. */
final class Wire {
  static final String PATH = "/data";
  static final String GROUP = "group_number";
  static final String DAY = "day";
  static final String BATCH = "batch_number";
  static final String DATA = "data";

  /** Names of the values of rows that are lists; before the data. Without it: all, in order. */
  static final String COLUMNS = "columns";

  /** How the server is to write rows: lists or objects. */
  static final String ROWS = "rows";

  static final String CODE = "code";
  static final String MESSAGE = "message";

  /** With status 404: the only answer other than 200 that is no error. */
  static final String NO_SUCH_DAY = "NO_SUCH_DAY";

  private Wire() {}
}
