/**
 * What a load test found, for people and programs: figures, the breaking point, thresholds, the
 * comparison with an earlier run; as text, JSON, CSV and one HTML file with pictures. In: a
 * recording. Out: a folder. Front doors: {@link dev.alta.load.report.Outcome}, {@link
 * dev.alta.load.report.ReportFolder}.
 */
@NullMarked
package dev.alta.load.report;

import org.jspecify.annotations.NullMarked;
