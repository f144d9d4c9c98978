package dev.alta.scorer.limit;

import java.util.HashSet;
import java.util.Set;

/** Streams of a connection that were refused before anybody else knew of them. */
final class RefusedStreams {
  // Clients end such calls at once; one that does not is left to others.
  private static final int MOST_UNENDED = 10_000;

  // Refused, and the client goes on sending.
  private final Set<Integer> unended = new HashSet<>();
  private int known;
  private int refused;

  /** Whether a stream's headers would be its first, and it may be refused. */
  boolean canBeRefused(int stream) {
    return stream > known && stream > refused && unended.size() < MOST_UNENDED;
  }

  /** A stream's headers are passed on. */
  void passed(int stream) {
    known = Math.max(known, stream);
  }

  void refused(int stream, boolean isEnded) {
    refused = stream;
    if (!isEnded) {
      unended.add(stream);
    }
  }

  /** Whether a stream was refused, and its client goes on sending. */
  boolean isUnended(int stream) {
    return unended.contains(stream);
  }

  /** Whether nobody else may see a frame, other than headers, that has come for a stream. */
  boolean leavesOut(int stream, boolean isEnd) {
    boolean isRefused = isEnd ? unended.remove(stream) : unended.contains(stream);
    return isRefused || (stream > known && stream <= refused);
  }
}
