package dev.alta.pipelines.score;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import dev.alta.core.feature.Encoder;
import dev.alta.core.history.HistoryColumns;
import dev.alta.database.RawData;
import dev.alta.pipelines.csv.Header;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks up what is known from earlier encounters of the rows that are scored, as prepare makes it:
 * from what is stored under smaller keys, from all that is stored where a row has no key. Rows
 * without a patient get nothing.
 */
final class StoredHistory {
  private final Contract contract;
  private final HistoryColumns columns;
  private final RawData stored;

  private StoredHistory(Contract contract, RawData stored) {
    this.contract = contract;
    this.columns = HistoryColumns.of(contract);
    this.stored = stored;
  }

  /**
   * Empty where there is nothing to look up: the model does not read such columns, the input brings
   * them itself, or there is no database.
   */
  static Optional<StoredHistory> of(
      Contract contract, Header header, Encoder encoder, Optional<RawData> stored) {
    boolean given = header.columns(contract).stream().anyMatch(c -> c.history() != null);
    return stored
        .filter(data -> !given && encoder.readsHistory())
        .map(data -> new StoredHistory(contract, data));
  }

  /** Adds to rows what is known. */
  void addTo(List<Row> rows) {
    Map<Long, NavigableMap<Long, long[]>> encounters = encounters(rows);
    long[] made = new long[columns.made().size()];
    for (Row row : rows) {
      if (!row.recorded(contract.patient())) {
        continue;
      }
      NavigableMap<Long, long[]> known = encounters.get(row.whole(contract.patient()));
      if (known != null) {
        tally(row, known).at(key(row), made, 0);
        columns.put(row, made, 0);
      }
    }
  }

  private HistoryColumns.Tally tally(Row row, NavigableMap<Long, long[]> known) {
    long key = key(row);
    HistoryColumns.Tally tally = columns.nothing();
    Map<Long, long[]> earlier =
        key == HistoryColumns.NOT_RECORDED ? known : known.headMap(key, false);
    earlier.forEach((earlierKey, values) -> tally.add(earlierKey, values, 0));
    return tally;
  }

  private long key(Row row) {
    return row.recorded(contract.key()) ? row.whole(contract.key()) : HistoryColumns.NOT_RECORDED;
  }

  /** The stored encounters of the rows' patients, by patient and key. */
  private Map<Long, NavigableMap<Long, long[]>> encounters(List<Row> rows) {
    Column patient = contract.patient();
    long[] patients =
        rows.stream()
            .filter(row -> row.recorded(patient))
            .mapToLong(row -> row.whole(patient))
            .distinct()
            .toArray();
    List<Column> read =
        Stream.concat(Stream.of(contract.key(), patient), columns.sources().stream())
            .distinct()
            .toList();
    Map<Long, NavigableMap<Long, long[]>> encounters = new HashMap<>();
    stored.readOf(
        patients,
        read,
        row -> {
          long[] values = new long[columns.sources().size()];
          columns.read(row, values, 0);
          encounters
              .computeIfAbsent(row.whole(patient), p -> new TreeMap<>())
              .put(row.whole(contract.key()), values);
        });
    return encounters;
  }
}
