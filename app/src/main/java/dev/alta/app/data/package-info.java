/**
 * The steps from a source to {@code clean_data}, shared by {@code alta up} and the commands that do
 * one of them; and synthetic encounters to try them on.
 *
 * <p>In: a file or the URL of a source. Out: rows in the database. Front door: {@link
 * dev.alta.app.data.DataSteps}.
 */
@NullMarked
package dev.alta.app.data;

import org.jspecify.annotations.NullMarked;
