/**
 * The database and the bucket that what is measured or drilled works on.
 *
 * <p>In: a folder. Out: a real PostgreSQL and an S3 endpoint, and what is in them. Front door:
 * {@link dev.alta.loadtest.storage.Storage}.
 */
@NullMarked
package dev.alta.loadtest.storage;

import org.jspecify.annotations.NullMarked;
