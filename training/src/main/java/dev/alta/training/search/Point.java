package dev.alta.training.search;

import java.util.Map;
import java.util.TreeMap;

/** A value for each setting that applies. Those of a choice are the index of the option. */
record Point(Map<String, Double> values) {
  Point {
    values = Map.copyOf(values);
  }

  static Point of(Object... namesAndValues) {
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
    }
    return new Point(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + ": not set");
    }
    return value;
  }

  int option(String name) {
    return (int) get(name);
  }
}
