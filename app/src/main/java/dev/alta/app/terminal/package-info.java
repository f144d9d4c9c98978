/**
 * What a command shows while it works and of what came of it: bars or plain lines for people, JSON
 * for programs.
 *
 * <p>In: steps and their progress. Out: text. Front door: {@link dev.alta.app.terminal.Terminal}.
 */
@NullMarked
package dev.alta.app.terminal;

import org.jspecify.annotations.NullMarked;
