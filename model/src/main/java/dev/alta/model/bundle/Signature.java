package dev.alta.model.bundle;

import dev.alta.core.contract.Column;
import dev.alta.core.contract.Contract;
import dev.alta.core.contract.Door;
import dev.alta.proto.v1.Encoder;
import dev.alta.proto.v1.Feature;
import dev.alta.proto.v1.InputColumn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns that a model reads, as its manifest says them. */
public final class Signature {
  private Signature() {}

  /** In the contract's order. */
  public static List<InputColumn> of(Contract contract, Encoder encoder) {
    Set<String> read =
        encoder.getFeaturesList().stream().map(Feature::getColumn).collect(Collectors.toSet());
    return contract.columns().stream()
        .filter(column -> read.contains(column.name()))
        .map(Signature::of)
        .toList();
  }

  private static InputColumn of(Column column) {
    return InputColumn.newBuilder()
        .setName(column.name())
        .setRole(column.role())
        .setType(
            switch (column.type()) {
              case TEXT -> "text";
              case WHOLE -> "whole number";
              case DECIMAL -> "number";
            })
        .setRequired(column.requiredAt(Door.SCORE))
        .setExpected(column.expectation())
        .build();
  }
}
