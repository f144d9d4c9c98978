/**
 * The encounters that are asked about: many different ones, generated from a seed or read from a
 * CSV file, all of which can be scored. In: a seed or a file. Out: messages, JSON bodies, and the
 * files that ghz and JMeter read. Front door: {@link dev.alta.load.rows.Rows}.
 */
@NullMarked
package dev.alta.load.rows;

import org.jspecify.annotations.NullMarked;
