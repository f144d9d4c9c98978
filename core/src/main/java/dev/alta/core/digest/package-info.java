/**
 * SHA-256, by which batches, data sets and models are known to be the same.
 *
 * <p>In: bytes. Out: lower-case hexadecimal. Front door: {@link dev.alta.core.digest.Sha256}.
 */
@NullMarked
package dev.alta.core.digest;

import org.jspecify.annotations.NullMarked;
