/**
 * What the gateway tells of data and runs, and who tells it: the gateway itself knows neither
 * database nor bucket.
 *
 * <p>In: questions of callers. Out: the messages of {@code alta/v1/page.proto}. Front door: {@link
 * dev.alta.gateway.data.DataAndRuns}, which whoever starts a gateway may give to it.
 */
@NullMarked
package dev.alta.gateway.data;

import org.jspecify.annotations.NullMarked;
