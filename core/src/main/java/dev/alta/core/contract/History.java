package dev.alta.core.contract;

import dev.alta.proto.v1.HistoryRule;
import org.jspecify.annotations.Nullable;

/**
 * How a column is made from the patient's earlier encounters.
 *
 * @param rule what is made
 * @param source what of them, a column of whole numbers; null where the rule needs none
 */
public record History(HistoryRule rule, @Nullable Column source) {}
