/**
 * The calls of the HTTP API as data: where each is, what it says of itself, what answers it.
 *
 * <p>In: a list of calls. Out: services that check what is common to all (method, Accept, media
 * type, size and time of the body, parameters) and answer faults as problems; the description of
 * the whole as OpenAPI; what a program is told at the root. A new path is one {@link
 * dev.alta.gateway.call.Call}, made in one place. Front doors: {@link dev.alta.gateway.call.Calls}
 * and {@link dev.alta.gateway.call.Operation}.
 */
@NullMarked
package dev.alta.gateway.call;

import org.jspecify.annotations.NullMarked;
