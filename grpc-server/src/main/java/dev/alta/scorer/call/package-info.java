/**
 * What all methods of the scorer have in common, whatever they answer: messages that cannot be
 * read, violations as a status, calls that nobody waits for any more, the end of a call, its
 * meters.
 *
 * <p>In: calls. Out: the same calls, or the status that says why not. Front doors: {@link
 * dev.alta.scorer.call.Replies} to end a call, {@link dev.alta.scorer.call.Refusals} to refuse one.
 */
@NullMarked
package dev.alta.scorer.call;

import org.jspecify.annotations.NullMarked;
