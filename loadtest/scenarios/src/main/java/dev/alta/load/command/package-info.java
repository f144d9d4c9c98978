/**
 * The command {@code loadtest/run}. In: arguments. Out: lines, a folder for each run, an exit code.
 * Front door: {@link dev.alta.load.command.Main}.
 */
@NullMarked
package dev.alta.load.command;

import org.jspecify.annotations.NullMarked;
