/**
 * Models on the command line: training as a step that people watch, and what is said of it.
 *
 * <p>Front door: {@link dev.alta.app.model.TrainingStep}.
 */
@NullMarked
package dev.alta.app.model;

import org.jspecify.annotations.NullMarked;
