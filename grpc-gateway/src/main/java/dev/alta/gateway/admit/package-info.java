/**
 * Who may call what over HTTP.
 *
 * <p>In: requests, and the doorkeeper of {@code core}, who knows callers and their rights. Out:
 * requests that are let in, 401 or 403 for the others; encryption. Front door: {@link
 * dev.alta.gateway.admit.HttpDoor}. {@link dev.alta.gateway.admit.PathRights} is the table of what
 * each path needs.
 */
@NullMarked
package dev.alta.gateway.admit;

import org.jspecify.annotations.NullMarked;
