/**
 * What happened to requests, and what is kept of it: histograms for each stretch of time and each
 * status, in HdrHistogram's own log format. Those of several clients can be added up; percentiles
 * are read off the sum. In: when each request was due, sent and answered. Out: figures. Front
 * doors: {@link dev.alta.load.record.Samples}, {@link dev.alta.load.record.Recording}.
 */
@NullMarked
package dev.alta.load.record;

import org.jspecify.annotations.NullMarked;
