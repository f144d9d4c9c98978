/**
 * The page that people see at the root, and what is there for programs.
 *
 * <p>In: requests from browsers. Out: static files that load nothing from elsewhere. Front door:
 * {@link dev.alta.gateway.page.Page}.
 */
@NullMarked
package dev.alta.gateway.page;

import org.jspecify.annotations.NullMarked;
