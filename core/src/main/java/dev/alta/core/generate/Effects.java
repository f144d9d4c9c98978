package dev.alta.core.generate;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/**
 * What drives the outcome of synthetic encounters: a sum of effects of columns, in standard
 * deviations.
 *
 * <p>Immutable.
 */
public final class Effects {
  private static final String PREFIX = "effect.";

  @FunctionalInterface
  private interface Effect {
    double of(Row row);
  }

  private final Set<Column> ofPatient;
  private final List<Effect> effects;

  private Effects(Set<Column> ofPatient, List<Effect> effects) {
    this.ofPatient = Set.copyOf(ofPatient);
    this.effects = List.copyOf(effects);
  }

  /** The effects that come with Alta for this contract; none for a contract without any. */
  public static Effects of(Contract contract) {
    Properties properties = new Properties();
    try (InputStream in = Effects.class.getResourceAsStream(contract.name() + ".properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(contract, properties);
  }

  /**
   * Reads effects from properties: {@code of_patient}, {@code effect.COLUMN}, {@code
   * effect.COLUMN.VALUE}.
   *
   * @throws IllegalArgumentException if a column or value is not in the contract; names it
   */
  public static Effects of(Contract contract, Properties properties) {
    Set<Column> ofPatient = new HashSet<>();
    List<Effect> effects = new ArrayList<>();
    // Sorted, so that sums are added up in the same order in every run.
    for (String name : properties.stringPropertyNames().stream().sorted().toList()) {
      String value = properties.getProperty(name).trim();
      if (name.equals("of_patient")) {
        Arrays.stream(value.split("\\s*,\\s*")).map(contract::column).forEach(ofPatient::add);
      } else if (name.startsWith(PREFIX)) {
        effects.add(effect(contract, name.substring(PREFIX.length()), Double.parseDouble(value)));
      } else {
        throw new IllegalArgumentException(
            name + " (expected: of_patient, effect.COLUMN or effect.COLUMN.VALUE)");
      }
    }
    return new Effects(ofPatient, effects);
  }

  private static Effect effect(Contract contract, String name, double size) {
    int dot = name.indexOf('.');
    if (dot >= 0) {
      Column column = contract.column(name.substring(0, dot));
      String value = name.substring(dot + 1);
      if (column.position(value) < 0) {
        throw new IllegalArgumentException(
            PREFIX + name + " (expected: a value listed for " + column + ")");
      }
      return row -> value.equals(row.asText(column)) ? size : 0;
    }
    Column column = contract.column(name);
    if (column.ordered()) {
      double last = column.values().size() - 1;
      return row -> size * Math.max(0, row.position(column)) / last;
    }
    double deviation = Numbers.deviation(column);
    return row -> {
      double number = row.number(column);
      return Double.isNaN(number) ? 0 : size * (number - column.mean()) / deviation;
    };
  }

  /** Whether a column is the same for all encounters of a patient. */
  boolean ofPatient(Column column) {
    return ofPatient.contains(column);
  }

  /** The latent risk of a row, before chance. */
  double risk(Row row) {
    double sum = 0;
    for (Effect effect : effects) {
      sum += effect.of(row);
    }
    return sum;
  }
}
