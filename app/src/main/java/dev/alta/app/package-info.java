/**
 * The command {@code alta}: reads settings, puts the rooms together, starts and stops them.
 *
 * <p>In: arguments, {@code ALTA_…} environment names, {@code alta.properties}. Out: an exit code (0
 * done, 1 failed, 2 wrong usage). Front door: {@link dev.alta.app.Main}.
 */
@NullMarked
package dev.alta.app;

import org.jspecify.annotations.NullMarked;
