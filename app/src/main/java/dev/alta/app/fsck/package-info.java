/**
 * {@code alta fsck}: database, bucket, spool and home, checked against each other.
 *
 * <p>In: what is kept. Out: what of it does not agree, and what to do about it; nothing is changed.
 * Front door: {@link dev.alta.app.fsck.Fsck}.
 */
@NullMarked
package dev.alta.app.fsck;

import org.jspecify.annotations.NullMarked;
