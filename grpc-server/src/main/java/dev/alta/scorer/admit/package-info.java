/**
 * Who may call which method.
 *
 * <p>In: calls, and the doorkeeper of {@code core}, who knows callers and their rights. Out: calls
 * that are let in, UNAUTHENTICATED or PERMISSION_DENIED for the others. Front door: {@link
 * dev.alta.scorer.admit.GrpcDoor}. {@link dev.alta.scorer.admit.MethodRights} is the table of what
 * each method needs.
 */
@NullMarked
package dev.alta.scorer.admit;

import org.jspecify.annotations.NullMarked;
