package dev.alta.model.bundle;

import dev.alta.core.contract.Column;

/**
 * How much a column moved a model's answer for a row.
 *
 * @param value the column's value in the row, as a text; empty where not recorded
 * @param contribution to the margin of the class, in its unit (the logarithm of odds): above 0 it
 *     speaks for the class, below 0 against it
 */
public record Reason(Column column, String value, double contribution) {}
