/**
 * What people read of a version: the figures that its pictures draw, and its card, one HTML file
 * that fetches nothing. In: the model, its evaluations, the test rows as vectors, the searches.
 * Out: objects to be kept with the version; pure functions of what goes in.
 *
 * <p>Front doors: {@link dev.alta.training.report.ModelReport}; and {@link
 * dev.alta.training.report.LiveReport} for how versions do once they answer.
 */
@NullMarked
package dev.alta.training.report;

import org.jspecify.annotations.NullMarked;
