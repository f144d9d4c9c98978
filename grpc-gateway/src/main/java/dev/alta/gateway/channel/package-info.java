/**
 * The way to the scorer: where its replicas are, as whom they are asked, what is tried again, and
 * when it is given up for a while.
 *
 * <p>In: calls. Out: the same calls to a replica that is there, or their failure at once. Front
 * door: {@link dev.alta.gateway.channel.ScorerAddress}; {@link dev.alta.gateway.channel.FromCaller}
 * for what an HTTP request says of the call that it becomes.
 */
@NullMarked
package dev.alta.gateway.channel;

import org.jspecify.annotations.NullMarked;
