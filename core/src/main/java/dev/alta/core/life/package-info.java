/**
 * How the long-running parts start: where they listen, the threads they work on, and the one-line
 * error of a part that cannot start.
 *
 * <p>In: host and port from the settings. Out: an address that may be listened on. Front door:
 * {@link dev.alta.core.life.Listen}.
 */
@NullMarked
package dev.alta.core.life;

import org.jspecify.annotations.NullMarked;
