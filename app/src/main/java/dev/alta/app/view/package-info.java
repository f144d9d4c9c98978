/**
 * What the gateway tells of data and runs, read from the database and the registry.
 *
 * <p>In: tables, and the champion. Out: the messages of {@code alta/v1/page.proto}. Front door:
 * {@link dev.alta.app.view.StoredDataAndRuns}.
 */
@NullMarked
package dev.alta.app.view;

import org.jspecify.annotations.NullMarked;
