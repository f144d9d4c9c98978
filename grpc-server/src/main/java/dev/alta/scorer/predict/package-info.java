/**
 * The service: from a request to its answer, the same way for one encounter and for a batch.
 *
 * <p>In: messages of {@code alta.v1}. Out: predictions, or every violation at once. Front door:
 * {@link dev.alta.scorer.predict.ReadmissionEndpoint}.
 */
@NullMarked
package dev.alta.scorer.predict;

import org.jspecify.annotations.NullMarked;
