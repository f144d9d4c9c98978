/**
 * How long work says how far it is, without knowing who watches. Front door: {@link
 * dev.alta.core.progress.Progress}.
 */
@NullMarked
package dev.alta.core.progress;

import org.jspecify.annotations.NullMarked;
