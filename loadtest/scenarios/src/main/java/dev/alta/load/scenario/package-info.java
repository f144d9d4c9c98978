/**
 * What is asked, how often and for how long: the scenarios, the calls and their rates, step by
 * step. In: flags. Out: the moment at which each request is due. Pure. Front door: {@link
 * dev.alta.load.scenario.Load}.
 */
@NullMarked
package dev.alta.load.scenario;

import org.jspecify.annotations.NullMarked;
