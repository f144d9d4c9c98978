/**
 * Keeps model versions in an object store: immutable versions that exist from their manifest on,
 * and aliases that point to one of them. In: what training made. Out: manifests and verified
 * models.
 *
 * <p>Front door: {@link dev.alta.model.registry.Registry}.
 */
@NullMarked
package dev.alta.model.registry;

import org.jspecify.annotations.NullMarked;
