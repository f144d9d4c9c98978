/**
 * Which patients are learned from, chosen by and judged by.
 *
 * <p>In: the labels of every patient's encounters and a seed. Out: a {@link
 * dev.alta.core.split.Side} for every patient. Front door: {@link dev.alta.core.split.Side}.
 */
@NullMarked
package dev.alta.core.split;

import org.jspecify.annotations.NullMarked;
