/**
 * Pieces of a training that run side by side. In: work. Out: results in the order of the work.
 *
 * <p>Front door: {@link dev.alta.training.parallel.Workers}.
 */
@NullMarked
package dev.alta.training.parallel;

import org.jspecify.annotations.NullMarked;
