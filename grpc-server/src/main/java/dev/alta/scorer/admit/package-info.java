/**
 * Who may do what: encryption of connections, and rights by token or by the name in a client's
 * certificate.
 *
 * <p>In: files with certificates, keys, and tokens; all are read again when they change. Out: calls
 * that are let in, UNAUTHENTICATED or PERMISSION_DENIED for the others. Front door: {@link
 * dev.alta.scorer.admit.Doorkeeper}. {@link dev.alta.scorer.admit.MethodRights} is the table of
 * what each method needs.
 */
@NullMarked
package dev.alta.scorer.admit;

import org.jspecify.annotations.NullMarked;
