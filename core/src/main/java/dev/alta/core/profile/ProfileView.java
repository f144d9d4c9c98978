package dev.alta.core.profile;

import dev.alta.core.contract.Contract;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.DataProfile;
import dev.alta.proto.v1.Quantile;
import dev.alta.proto.v1.ValueCount;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Asks a profile: what was usual in these rows? To compare later rows with them, and for the ranges
 * of a form.
 */
public final class ProfileView {
  private final DataProfile profile;
  private final Map<String, ColumnProfile> columns = new LinkedHashMap<>();

  /**
   * Of a profile.
   *
   * @throws IllegalArgumentException if it is of another contract
   */
  public ProfileView(Contract contract, DataProfile profile) {
    if (!profile.getContract().equals(contract.name())) {
      throw new IllegalArgumentException(
          "profile of " + profile.getContract() + " (expected: " + contract.name() + ")");
    }
    this.profile = profile;
    profile.getColumnsList().forEach(column -> columns.put(column.getName(), column));
  }

  public long rows() {
    return profile.getRows();
  }

  /** Whether the rows had this column at all. */
  public boolean has(String column) {
    return columns.containsKey(column);
  }

  /** Share of the rows in which a column is not recorded: 0 to 1. */
  public double missingShare(String column) {
    return rows() == 0 ? 0 : (double) of(column).getMissing() / rows();
  }

  /**
   * Share of each value, or group of codes, among the rows in which the column is recorded: those
   * that the contract lists in its order, then others by frequency. Sums up to 1, but for values
   * that were too rare or too many to be named.
   */
  public Map<String, Double> shares(String column) {
    double recorded = rows() - of(column).getMissing();
    Map<String, Double> shares = new LinkedHashMap<>();
    for (ValueCount value : of(column).getValuesList()) {
      shares.put(value.getValue(), recorded == 0 ? 0 : value.getCount() / recorded);
    }
    return shares;
  }

  /** Mean of a number; empty where it was never recorded or is no number. */
  public OptionalDouble mean(String column) {
    return of(column).hasNumber()
        ? OptionalDouble.of(of(column).getNumber().getMean())
        : OptionalDouble.empty();
  }

  /**
   * The smallest number that at least this share of the rows does not exceed.
   *
   * @param share one of 0.01, 0.05, 0.25, 0.5, 0.75, 0.95 and 0.99
   * @return empty where it was never recorded or is no number
   */
  public OptionalDouble quantile(String column, double share) {
    return of(column).getNumber().getQuantilesList().stream()
        .filter(quantile -> quantile.getShare() == share)
        .mapToDouble(Quantile::getValue)
        .findFirst();
  }

  /** All that is known of a column. */
  public ColumnProfile of(String column) {
    ColumnProfile found = columns.get(column);
    if (found == null) {
      throw new IllegalArgumentException(
          column + " (expected: a column of the profile: " + columns.keySet() + ")");
    }
    return found;
  }
}
