/**
 * Reports for analysts as one HTML page each: pictures as inline SVG, nothing fetched from
 * anywhere, readable on a phone and in the dark.
 *
 * <p>In: a contract, a profile, a certificate. Out: HTML. Front door: {@link
 * dev.alta.core.report.DataReport}. {@link dev.alta.core.report.Page}, {@link
 * dev.alta.core.report.Svg} and {@link dev.alta.core.report.Charts} are what every report is made
 * of, so that all look alike.
 */
@NullMarked
package dev.alta.core.report;

import org.jspecify.annotations.NullMarked;
