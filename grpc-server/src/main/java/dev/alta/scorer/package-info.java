/**
 * The scorer: answers encounters over gRPC with the model that the registry's alias points to.
 *
 * <p>In: encounters, and the word to load another model. Out: predictions, each kept in the
 * inference log; metrics. Needs the bucket and nothing else to start and to serve. Front door:
 * {@link dev.alta.scorer.Scorer}.
 */
@NullMarked
package dev.alta.scorer;

import org.jspecify.annotations.NullMarked;
