package dev.alta.training.promote;

import dev.alta.proto.v1.Comparison;
import java.util.List;

/**
 * What the rule says.
 *
 * @param promote whether the candidate becomes champion
 * @param reason in words, with the figures that decided
 * @param comparisons everything that was looked at
 */
public record Verdict(boolean promote, String reason, List<Comparison> comparisons) {}
