/**
 * A client of HTTP/2 that need not keep to it, for tests and drills of what a server bears.
 *
 * <p>In: frames, byte by byte as told. Out: whatever comes back. Front door: {@link
 * dev.alta.testing.http2.RawHttp2}.
 */
@NullMarked
package dev.alta.testing.http2;

import org.jspecify.annotations.NullMarked;
