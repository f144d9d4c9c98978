/**
 * From a cleaned row to the vector of numbers that models read; the same function in training and
 * in serving.
 *
 * <p>Front door: {@link dev.alta.core.feature.Encoder}.
 */
@NullMarked
package dev.alta.core.feature;

import org.jspecify.annotations.NullMarked;
