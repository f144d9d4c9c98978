/**
 * The gateway: JSON over HTTP in front of the scorer, the page, the docs.
 *
 * <p>In: HTTP requests. Out: the scorer's answers as JSON, problems as {@code
 * application/problem+json}. Holds no model and no data. Front door: {@link
 * dev.alta.gateway.Gateway}.
 */
@NullMarked
package dev.alta.gateway;

import org.jspecify.annotations.NullMarked;
