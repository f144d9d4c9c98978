/**
 * The Open Inference Protocol, version 2, over REST, with the binary tensor and the model
 * repository extension.
 *
 * <p>In: requests as JSON, or JSON with the bytes of tensors behind it. Out: the same requests to
 * the scorer's own service of the protocol, which knows the rules, and its answers. Front door:
 * {@link dev.alta.gateway.oip.InferenceCalls}.
 */
@NullMarked
package dev.alta.gateway.oip;

import org.jspecify.annotations.NullMarked;
