/**
 * The service: from a request to its answer, the same way for one encounter, a batch and a stream.
 *
 * <p>In: messages of {@code alta.v1}. Out: predictions, with reasons where asked for, or every
 * violation at once. Front doors: {@link dev.alta.scorer.predict.ReadmissionEndpoint}; for other
 * services {@link dev.alta.scorer.predict.Admission} and {@link dev.alta.scorer.predict.Answering}.
 */
@NullMarked
package dev.alta.scorer.predict;

import org.jspecify.annotations.NullMarked;
