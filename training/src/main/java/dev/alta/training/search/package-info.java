/**
 * Looks for settings that do well on the validation rows. In: encoded training and validation rows,
 * objectives, a budget. Out: for each objective the best settings with their number of rounds, and
 * a record of every trial.
 *
 * <p>Front door: {@link dev.alta.training.search.Search}.
 */
@NullMarked
package dev.alta.training.search;

import org.jspecify.annotations.NullMarked;
