package dev.alta.core.drift;

import dev.alta.core.clean.CodeGroups;
import dev.alta.core.contract.Column;
import dev.alta.core.contract.Row;
import dev.alta.proto.v1.Bin;
import dev.alta.proto.v1.ColumnProfile;
import dev.alta.proto.v1.Role;
import dev.alta.proto.v1.ValueCount;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bins of one column, made from the reference: values or groups of codes by name and "other
 * values"; or ranges of numbers that hold a tenth of the reference's rows each or, where many have
 * one number, more. Last comes "not recorded".
 *
 * <p>The ranges are neighbouring bins of the profile's histogram taken together, whose counts are
 * exact. Its quantiles are not where many rows have one number.
 */
final class ColumnBins {
  static final String NOT_RECORDED = "not recorded";

  private static final String OTHERS = "other values";
  private static final int RANGES = 10;

  private final Column column;
  private final List<String> names = new ArrayList<>();
  private final List<Long> reference = new ArrayList<>();
  private final Map<String, Integer> byValue = new HashMap<>();
  // Where each range of numbers but the first begins.
  private final List<Double> starts = new ArrayList<>();
  private final @Nullable CodeGroups groups;
  private final long[] actual;

  private ColumnBins(Column column, ColumnProfile profile) {
    this.column = column;
    this.groups = column.role() == Role.CODE ? CodeGroups.of(column.codeSystem()) : null;
    if (isNumber(column)) {
      addRanges(profile.getNumber().getBinsList());
    } else {
      for (ValueCount value : profile.getValuesList()) {
        byValue.put(value.getValue(), names.size());
        add(value.getValue(), value.getCount());
      }
      add(OTHERS, profile.getOthers());
    }
    add(NOT_RECORDED, profile.getMissing());
    this.actual = new long[names.size()];
  }

  static ColumnBins of(Column column, ColumnProfile profile) {
    return new ColumnBins(column, profile);
  }

  /** Counts a cleaned row. */
  void add(Row row) {
    actual[bin(row)]++;
  }

  ColumnDrift drift() {
    long[] expected = reference.stream().mapToLong(n -> n).toArray();
    List<DriftBin> bins = new ArrayList<>();
    for (int i = 0; i < actual.length; i++) {
      if (expected[i] + actual[i] > 0) {
        bins.add(new DriftBin(names.get(i), expected[i], actual[i]));
      }
    }
    return new ColumnDrift(
        column.name(),
        StabilityIndex.of(expected, actual),
        StabilityIndex.chance(expected, actual),
        bins);
  }

  /** A number that is no name for something else. */
  private static boolean isNumber(Column column) {
    return column.role() != Role.CODE
        && column.values().isEmpty()
        && column.type() != Column.Type.TEXT;
  }

  private void add(String name, long rows) {
    names.add(name);
    reference.add(rows);
  }

  private void addRanges(List<Bin> bins) {
    long rows = bins.stream().mapToLong(Bin::getCount).sum();
    long inRange = 0;
    int from = 0;
    for (int i = 0; i < bins.size(); i++) {
      inRange += bins.get(i).getCount();
      if (inRange * RANGES >= rows || i == bins.size() - 1) {
        if (from > 0) {
          starts.add(bins.get(from).getFrom());
        }
        add(range(bins.get(from), i == bins.size() - 1 ? null : bins.get(i)), inRange);
        inRange = 0;
        from = i + 1;
      }
    }
    if (bins.isEmpty()) {
      add("any number", 0);
    }
  }

  /** With no end where it is the last one: larger numbers than the reference has fall into it. */
  private String range(Bin first, @Nullable Bin last) {
    if (last == null) {
      return number(first.getFrom()) + " or more";
    }
    if (column.type() == Column.Type.WHOLE) {
      double to = last.getTo() - 1;
      return to == first.getFrom() ? number(to) : number(first.getFrom()) + " to " + number(to);
    }
    return number(first.getFrom()) + " to below " + number(last.getTo());
  }

  private static String number(double value) {
    return new BigDecimal(value, MathContext.DECIMAL32).stripTrailingZeros().toPlainString();
  }

  private int bin(Row row) {
    if (!row.recorded(column)) {
      return actual.length - 1;
    }
    if (isNumber(column)) {
      double value = row.number(column);
      int range = 0;
      while (range < starts.size() && value >= starts.get(range)) {
        range++;
      }
      return range;
    }
    String text = row.asText(column);
    if (groups != null && text != null) {
      text = groups.names().get(groups.groupOf(text));
    }
    return byValue.getOrDefault(text, actual.length - 2);
  }
}
