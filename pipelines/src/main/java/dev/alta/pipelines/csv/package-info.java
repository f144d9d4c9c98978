/**
 * CSV files of a contract: records, header, and the batches that a file is cut into.
 *
 * <p>In: a file. Out: its batches, found by {@link dev.alta.pipelines.csv.BatchPlanner}, and their
 * bytes, read again by {@link dev.alta.pipelines.csv.BatchReader}. Front door: {@link
 * dev.alta.pipelines.csv.CsvFile}.
 */
@NullMarked
package dev.alta.pipelines.csv;

import org.jspecify.annotations.NullMarked;
