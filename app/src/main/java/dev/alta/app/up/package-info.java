/**
 * All of Alta on one machine: parts are started one after the other, reached by URL, and stopped in
 * reverse order.
 *
 * <p>In: {@link dev.alta.app.up.UpSettings}. Out: a running system and a screen that says what is
 * where. Front door: {@link dev.alta.app.up.Up}.
 */
@NullMarked
package dev.alta.app.up;

import org.jspecify.annotations.NullMarked;
