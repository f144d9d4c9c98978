/**
 * The program that is submitted to a Flink cluster: a job's name and its options, as one line.
 *
 * <p>In: {@code ingest --data=s3://… --databaseUrl=…}. Out: a job that runs, or has run, on the
 * cluster. Front door: {@link dev.alta.pipelines.job.Jobs}. A new job is a class like {@link
 * dev.alta.pipelines.job.PrepareJob} and a line in {@code Jobs}.
 */
@NullMarked
package dev.alta.pipelines.job;

import org.jspecify.annotations.NullMarked;
