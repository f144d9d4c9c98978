package dev.alta.core.drift;

import java.util.List;

/**
 * How far a column has moved.
 *
 * @param psi population stability index: 0 where shares are equal; by the custom of credit scoring
 *     below 0.1 is stable and from 0.25 on something else (Siddiqi, Credit Risk Scorecards, 2006)
 * @param chance the index that rows of an unchanged population stay below in 999 of 1,000 cases;
 *     large where there are few rows
 * @param bins where both are counted, in the order of the reference
 */
public record ColumnDrift(String column, double psi, double chance, List<DriftBin> bins) {
  public ColumnDrift {
    bins = List.copyOf(bins);
  }

  /** Whether it has moved by this much, and by more than chance explains. */
  public boolean reaches(double limit) {
    return psi >= limit && psi > chance;
  }
}
