/**
 * What every request passes through, whatever it asks: its id, who hears of it.
 *
 * <p>In: requests. Out: the same requests with an id, a line each in the access log. Front doors:
 * {@link dev.alta.gateway.request.RequestIds}, {@link dev.alta.gateway.request.AccessLog}.
 */
@NullMarked
package dev.alta.gateway.request;

import org.jspecify.annotations.NullMarked;
