package dev.alta.pipelines.score;

import dev.alta.core.contract.Violation;
import java.util.List;

/** A row that is not scored. */
record Unscored(long line, List<Violation> reasons, String rawText) {}
