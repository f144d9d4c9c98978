/**
 * The versions in the registry, as callers see and change them: lists, loads, aliases.
 *
 * <p>In: messages of {@code alta.v1}. Out: what the bucket holds, read on a thread of its own so
 * that no prediction waits for it; changes of it, or why it refuses them. Front doors: {@link
 * dev.alta.scorer.models.AdminEndpoint} and {@link dev.alta.scorer.models.Catalogue}.
 */
@NullMarked
package dev.alta.scorer.models;

import org.jspecify.annotations.NullMarked;
