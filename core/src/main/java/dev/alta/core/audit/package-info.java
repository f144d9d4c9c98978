/**
 * What is found where things that are kept do not agree with each other. Front door: {@link
 * dev.alta.core.audit.Finding}.
 */
@NullMarked
package dev.alta.core.audit;

import org.jspecify.annotations.NullMarked;
