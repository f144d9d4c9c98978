package dev.alta.pipelines.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Splits the bytes of a CSV file (RFC 4180) into records: at line ends, LF or CRLF, that are not
 * within quotes. Own code, since no CSV library says at which byte a record begins, and batches are
 * ranges of bytes: they are found, digested and read again by them. Empty lines are no records.
 */
public final class RecordSplitter {
  /** Longest record in bytes; a longer one is most probably a quote that nobody has closed. */
  public static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final OutputStream copy;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int to;
  private long offset;
  private long line;

  private int start;
  private int end;
  private long recordOffset;
  private long recordLine;
  private boolean recordQuoted;

  /**
   * Reads from here on.
   *
   * @param offset of the stream's first byte in the file
   * @param line of the stream's first byte in the file, from 1 on
   */
  public RecordSplitter(InputStream in, long offset, long line) {
    this(in, offset, line, OutputStream.nullOutputStream());
  }

  /** The same, and writes every byte that it goes past, line ends included, to the copy. */
  public RecordSplitter(InputStream in, long offset, long line, OutputStream copy) {
    this.in = in;
    this.copy = copy;
    this.offset = offset;
    this.line = line;
  }

  /**
   * Goes to the next record.
   *
   * @return false at the end of the stream
   * @throws RecordTooLongException if it is longer than {@link #LONGEST}
   */
  public boolean next() throws IOException {
    do {
      if (!findEnd()) {
        return false;
      }
    } while (start == end);
    return true;
  }

  /** The bytes of the record without its line end. */
  public byte[] bytes() {
    return Arrays.copyOfRange(buffer, start, end);
  }

  /** Where the bytes of the record are, from {@link #start} to {@link #end}; until the next one. */
  public byte[] buffer() {
    return buffer;
  }

  /** Position of the record's first byte in {@link #buffer}. */
  public int start() {
    return start;
  }

  /** Position of the first byte after the record in {@link #buffer}. */
  public int end() {
    return end;
  }

  /** Whether a quote is somewhere in the record. */
  public boolean quoted() {
    return recordQuoted;
  }

  /** Line on which the record begins. */
  public long line() {
    return recordLine;
  }

  /** Offset of the record's first byte. */
  public long offset() {
    return recordOffset;
  }

  /** Offset of the first byte after the record's line end. */
  public long nextOffset() {
    return offset;
  }

  /** Line after the record. */
  public long nextLine() {
    return line;
  }

  /** Most records have no quotes: they end at the next line end. */
  private boolean findEnd() throws IOException {
    recordOffset = offset;
    recordLine = line;
    recordQuoted = false;
    for (int length = 0; ; ) {
      int at = from + length;
      while (at < to && buffer[at] != '\n' && buffer[at] != '"') {
        at++;
      }
      length = at - from;
      if (at == to) {
        if (!fill()) {
          return take(length, length);
        }
      } else if (buffer[at] == '"') {
        recordQuoted = true;
        return findEndWithQuotes();
      } else {
        line++;
        return takeLine(length);
      }
    }
  }

  private boolean findEndWithQuotes() throws IOException {
    boolean quoted = false;
    boolean quotedCell = false;
    boolean startOfCell = true;
    for (int length = 0; ; length++) {
      if (from + length == to && !fill()) {
        return take(length, length);
      }
      byte b = buffer[from + length];
      if (b == '\n') {
        line++;
        if (!quoted) {
          return takeLine(length);
        }
      } else if (b == '"') {
        // Of a doubled quote within quotes the first one ends them and the second begins them
        // again.
        quotedCell |= startOfCell;
        quoted = !quoted && quotedCell && (startOfCell || buffer[from + length - 1] == '"');
      } else if (b == ',' && !quoted) {
        quotedCell = false;
      }
      startOfCell = b == ',' && !quoted;
    }
  }

  private boolean takeLine(int length) throws IOException {
    boolean carriageReturn = length > 0 && buffer[from + length - 1] == '\r';
    return take(carriageReturn ? length - 1 : length, length + 1);
  }

  private boolean take(int length, int withLineEnd) throws IOException {
    copy.write(buffer, from, withLineEnd);
    start = from;
    end = from + length;
    from += withLineEnd;
    offset += withLineEnd;
    return withLineEnd > 0;
  }

  /** Reads more behind what is there; keeps the record that has begun. */
  private boolean fill() throws IOException {
    if (to - from > LONGEST) {
      throw new RecordTooLongException(recordLine);
    }
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, to, buffer.length - to);
    to += Math.max(read, 0);
    return read > 0;
  }
}
