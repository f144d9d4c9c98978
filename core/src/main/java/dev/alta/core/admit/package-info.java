/**
 * Who may do what: encryption of connections, and rights by token or by the name in a client's
 * certificate. The same for every server, whatever it speaks; servers translate.
 *
 * <p>In: files with certificates, keys, and tokens; all are read again when they change. Out: key
 * and trust for a TLS server or client, and a verdict for each call. Front door: {@link
 * dev.alta.core.admit.Doorkeeper}.
 */
@NullMarked
package dev.alta.core.admit;

import org.jspecify.annotations.NullMarked;
