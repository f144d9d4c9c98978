/**
 * The Open Inference Protocol, version 2: predictions for clients that speak of tensors.
 *
 * <p>In: a tensor for each column, typed or raw. Out: tensors with the answers, or every tensor and
 * element in violation at once. Tensors only become rows here; how a row is checked and answered is
 * the same as for every service. Front door: {@link dev.alta.scorer.oip.InferenceEndpoint}.
 */
@NullMarked
package dev.alta.scorer.oip;

import org.jspecify.annotations.NullMarked;
