/**
 * Benchmarks of training: how soon a search reaches what Optuna reaches, and how much memory many
 * rows need.
 *
 * <p>Front door: {@code loadtest/training}.
 */
@NullMarked
package dev.alta.loadtest.training;

import org.jspecify.annotations.NullMarked;
