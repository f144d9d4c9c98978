/**
 * What the image of the jobs has beside Flink and the job jar: a program that its start scripts ask
 * for the JVM's memory.
 *
 * <p>In: Flink's settings. Out: options for the JVM. Front door: {@link dev.alta.jobs.JvmMemory}.
 */
@NullMarked
package dev.alta.jobs;

import org.jspecify.annotations.NullMarked;
