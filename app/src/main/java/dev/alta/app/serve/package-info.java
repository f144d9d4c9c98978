/**
 * {@code alta serve}: the scorer in a process of its own.
 *
 * <p>In: where the models and the database are, and the scorer's settings. Out: a scorer that runs
 * until the process is told to stop. Front door: {@link dev.alta.app.serve.Serve}.
 */
@NullMarked
package dev.alta.app.serve;

import org.jspecify.annotations.NullMarked;
