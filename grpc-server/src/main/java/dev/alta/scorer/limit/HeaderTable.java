package dev.alta.scorer.limit;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Whether a client's headers refer to a table of earlier ones (RFC 7541). Under overload it is
 * asked to do without: the headers of a call can then be read, and left out, by themselves. It has
 * given the table up once it has acknowledged the setting and has said so in front of its next
 * headers.
 *
 * <p>Headers that go to the client may be written by themselves at any time, unless it has just set
 * the size of the table that those refer to: the next ones must say so.
 */
final class HeaderTable {
  private enum State {
    USED,
    ASKED,
    ACKNOWLEDGED,
    GIVEN_UP
  }

  // Whether settings on their way to the client are ours.
  private final Queue<Boolean> unacknowledged = new ArrayDeque<>();
  private State state = State.USED;
  private boolean mayWrite;

  /** Whether the client may be asked to give the table up. */
  boolean canBeAsked() {
    return state == State.USED && !unacknowledged.contains(true);
  }

  /** The client is asked to do without, or may use one again. */
  void ask(boolean without) {
    unacknowledged.add(true);
    state = without ? State.ASKED : State.USED;
  }

  boolean isGivenUp() {
    return state == State.GIVEN_UP;
  }

  /** Whether headers may be written to the client that others know nothing of. */
  boolean mayWrite() {
    return mayWrite;
  }

  /** Somebody else sends settings. */
  void settingsGoOut() {
    unacknowledged.add(false);
  }

  /** Somebody else sends headers. */
  void headersGoOut() {
    mayWrite = true;
  }

  /** The client has sent settings. */
  void settingsCame() {
    mayWrite = false;
  }

  /** The client has acknowledged settings; true if they were ours. */
  boolean acknowledged() {
    boolean isOurs = Boolean.TRUE.equals(unacknowledged.poll());
    if (isOurs && state == State.ASKED) {
      state = State.ACKNOWLEDGED;
    }
    return isOurs;
  }

  /** The client has sent headers; tells whether they have to be read for what they change. */
  boolean headersCame(int firstByte) {
    boolean isChange = HeaderBlock.changesTable(firstByte);
    if (isChange && HeaderBlock.givesUpTable(firstByte)) {
      state = state == State.ACKNOWLEDGED ? State.GIVEN_UP : state;
    } else if (isChange && state == State.GIVEN_UP) {
      state = State.USED;
    }
    return isChange;
  }
}
