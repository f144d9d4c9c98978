/**
 * How a model does in the hospital: what it answered beside what really happened, and how far what
 * it is asked has moved from what it has learned from.
 *
 * <p>In: the inference log, outcomes, the manifest and the profile of a version. Out: figures.
 * Front door: {@link dev.alta.training.live.LiveSight}.
 */
@NullMarked
package dev.alta.training.live;

import org.jspecify.annotations.NullMarked;
