/**
 * One class for each command, and where settings come from: a flag, an environment name or a line
 * in {@code alta.properties}.
 *
 * <p>Front door: {@link dev.alta.app.command.Alta}.
 */
@NullMarked
package dev.alta.app.command;

import org.jspecify.annotations.NullMarked;
