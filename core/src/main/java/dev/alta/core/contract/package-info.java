/**
 * What an encounter is, read from the annotated protobuf message, and the check of every row at
 * every door.
 *
 * <p>In: a message descriptor, and texts, numbers or messages from outside. Out: a {@link
 * dev.alta.core.contract.Row}, or every violation at once. Front door: {@link
 * dev.alta.core.contract.Contract}.
 */
@NullMarked
package dev.alta.core.contract;

import org.jspecify.annotations.NullMarked;
