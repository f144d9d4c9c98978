/**
 * Scores files and queries with a model of the registry, as the scorer would.
 *
 * <p>In: encounters, and the champion or a version of the model. Out: a file or a table with an
 * answer for each row, another one with the rows that were rejected, and a {@link
 * dev.alta.pipelines.score.ScoreResult}. Front door: {@link dev.alta.pipelines.score.Score}.
 */
@NullMarked
package dev.alta.pipelines.score;

import org.jspecify.annotations.NullMarked;
