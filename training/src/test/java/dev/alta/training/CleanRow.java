package dev.alta.training;

import dev.alta.core.contract.Row;
import dev.alta.core.split.Side;

/** A cleaned row and the side of its patient. */
public record CleanRow(Row row, Side side) {}
