package dev.alta.pipelines.csv;

import java.io.IOException;

/** A record does not end. */
final class RecordTooLongException extends IOException {
  RecordTooLongException(long line) {
    super(
        "line "
            + line
            + ": a record of more than "
            + RecordSplitter.LONGEST
            + " bytes; is a quote not closed?");
  }
}
