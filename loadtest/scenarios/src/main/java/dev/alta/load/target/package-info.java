/**
 * What is loaded, and how it is called. In: an address, requests. Out: whether it is fit to be
 * loaded, and how each call ended. Front doors: {@link dev.alta.load.target.Target}, {@link
 * dev.alta.load.target.TargetCheck}, {@link dev.alta.load.target.Caller}.
 */
@NullMarked
package dev.alta.load.target;

import org.jspecify.annotations.NullMarked;
