/**
 * Work of several steps that is done once, whoever does it and however often it is interrupted:
 * each step leaves in the database what came of it, and whoever goes on begins behind the last one
 * that was done.
 *
 * <p>In: what is to be done. Out: what came of it, in words. Front door: {@link
 * dev.alta.app.workflow.Retrain}.
 */
@NullMarked
package dev.alta.app.workflow;

import org.jspecify.annotations.NullMarked;
