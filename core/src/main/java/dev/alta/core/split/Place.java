package dev.alta.core.split;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A patient's place in the order of a stratum: by hash, then by number.
 *
 * @param hash 63 bits, see {@link PatientHash}
 * @param patient the patient's number
 */
public record Place(long hash, long patient) implements Comparable<Place>, Serializable {
  /** Before every patient. */
  public static final Place START = new Place(-1, -1);

  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::hash).thenComparingLong(Place::patient);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }
}
