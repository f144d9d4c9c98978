/**
 * What is known of a patient from earlier encounters. In: the stored encounters of a patient. Out:
 * the values of the columns that the contract says are made from them.
 *
 * <p>Front door: {@link dev.alta.core.history.HistoryColumns}.
 */
@NullMarked
package dev.alta.core.history;

import org.jspecify.annotations.NullMarked;
