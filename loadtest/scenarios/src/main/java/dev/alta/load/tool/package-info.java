/**
 * What sends the load: ghz, or a client of our own. In: a load, a target, requests. Out: samples.
 * Front door: {@link dev.alta.load.tool.Tool}; other modules bring more, such as JMeter, found as
 * services.
 */
@NullMarked
package dev.alta.load.tool;

import org.jspecify.annotations.NullMarked;
