package dev.alta.pipelines.csv;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.pipelines.PipelineException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header line: which cell holds which column.
 *
 * @param columns for each cell the index of its column in the contract
 */
public record Header(List<Integer> columns) implements Serializable {
  private static final int MOST_NAMED = 5;
  private static final Pattern LINE_ENDS = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
  private static final int LONGEST_NAME = 60;

  /**
   * Reads the header, whose names or source names may stand in any order. Columns that may be left
   * out in a row may be left out of the file.
   *
   * @throws PipelineException if it is no header of the contract; names all that is wrong
   */
  public static Header read(String file, Contract contract, List<String> cells) {
    return read(file, contract, Door.STORE, cells);
  }

  /** The same for rows that come in through either door. */
  public static Header read(String file, Contract contract, Door door, List<String> cells) {
    List<String> known = cells.stream().map(String::strip).toList();
    if (known.stream().noneMatch(name -> contract.find(name).isPresent())) {
      throw new PipelineException(
          file
              + ": line 1 names no column of "
              + contract.name()
              + " (expected: a CSV file with a header line such as "
              + names(contract.stored().stream().map(Column::name).toList())
              + ")");
    }
    return of(file + ": header", contract, door, known);
  }

  /**
   * The same from names that come from elsewhere than a file.
   *
   * @param where for the message: where the names stand
   */
  public static Header of(String where, Contract contract, List<String> names) {
    return of(where, contract, Door.STORE, names);
  }

  /** The same for rows that come in through either door. */
  public static Header of(String where, Contract contract, Door door, List<String> names) {
    List<String> wrong = problems(contract, door, names);
    if (!wrong.isEmpty()) {
      throw new PipelineException(
          where
              + ": "
              + String.join("; ", wrong)
              + " (expected: the columns of "
              + contract.name()
              + ", each once)");
    }
    return new Header(names.stream().map(name -> contract.column(name).index()).toList());
  }

  /** All stored columns in the order of the contract. */
  public static Header all(Contract contract) {
    return new Header(contract.stored().stream().map(Column::index).toList());
  }

  /** Which column of the contract each cell holds. */
  public List<Column> columns(Contract contract) {
    return columns.stream().map(contract.columns()::get).toList();
  }

  private static List<String> problems(Contract contract, Door door, List<String> names) {
    List<String> unknown = new ArrayList<>();
    List<String> made = new ArrayList<>();
    List<String> twice = new ArrayList<>();
    Set<Column> found = new HashSet<>();
    for (String name : names) {
      contract
          .find(name)
          .ifPresentOrElse(
              column -> {
                if (!found.add(column)) {
                  twice.add(name);
                }
                if (door == Door.STORE && column.history() != null) {
                  made.add(name);
                }
              },
              () -> unknown.add(name.isEmpty() ? "(no name)" : name));
    }
    List<String> missing =
        contract.columns().stream()
            .filter(column -> column.requiredAt(door) && !found.contains(column))
            .map(Column::name)
            .toList();
    List<String> problems = new ArrayList<>();
    add(problems, "unknown", unknown);
    add(problems, "made from the encounters that are stored, not given", made);
    add(problems, "twice", twice);
    add(problems, "missing", missing);
    return problems;
  }

  private static void add(List<String> problems, String what, List<String> names) {
    if (!names.isEmpty()) {
      problems.add(what + ": " + names(names));
    }
  }

  private static String names(List<String> names) {
    String shown =
        names.stream().limit(MOST_NAMED).map(Header::inOneLine).collect(Collectors.joining(", "));
    return names.size() <= MOST_NAMED
        ? shown
        : shown + " and " + (names.size() - MOST_NAMED) + " more";
  }

  /** A text of others as a message shows it: what they send may be anything. */
  public static String inOneLine(String text) {
    String line = LINE_ENDS.matcher(text).replaceAll("?");
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "…";
  }
}
