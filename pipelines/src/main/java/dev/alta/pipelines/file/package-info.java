/**
 * Files, on this machine or in a bucket: found by name or pattern, read from any byte on, written
 * as a whole or not at all.
 *
 * <p>In: an address such as {@code data/*.csv.gz} or {@code s3://bucket/2026/day-1.csv}. Out:
 * bytes. Front door: {@link dev.alta.pipelines.file.Place}.
 */
@NullMarked
package dev.alta.pipelines.file;

import org.jspecify.annotations.NullMarked;
