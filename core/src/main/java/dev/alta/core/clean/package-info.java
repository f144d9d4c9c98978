/**
 * From a row as it came to a row as it is used: markers become "not recorded", defaults are filled
 * in, encounters that are no cases for the prediction are excluded with a reason.
 *
 * <p>Front door: {@link dev.alta.core.clean.Cleaner}.
 */
@NullMarked
package dev.alta.core.clean;

import org.jspecify.annotations.NullMarked;
