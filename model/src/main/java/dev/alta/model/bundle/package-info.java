/**
 * A model put together to answer: encoder, kernel and risk scale of one bundle. In: cleaned rows of
 * the contract. Out: probabilities, the most probable class, the risk.
 *
 * <p>Front door: {@link dev.alta.model.bundle.Predictor}.
 */
@NullMarked
package dev.alta.model.bundle;

import org.jspecify.annotations.NullMarked;
