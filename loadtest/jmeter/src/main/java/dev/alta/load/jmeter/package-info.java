/**
 * The scenarios in JMeter. In: a load. Out: a plan that JMeter opens, and samples. A timer lets
 * JMeter's threads send each request when it is due and notes that time; a sampler calls gRPC.
 * Front doors: {@link dev.alta.load.jmeter.Plan}, {@link dev.alta.load.jmeter.JmeterTool}.
 */
@NullMarked
package dev.alta.load.jmeter;

import org.jspecify.annotations.NullMarked;
