/**
 * The real parts of the embedded default: a PostgreSQL server and an S3 endpoint on folders of this
 * machine, reached by URL like any other.
 *
 * <p>In: a folder. Out: a URL and its credentials. Front doors: {@link
 * dev.alta.embedded.PostgresServer} and {@link dev.alta.embedded.S3Endpoint}.
 */
@NullMarked
package dev.alta.embedded;

import org.jspecify.annotations.NullMarked;
