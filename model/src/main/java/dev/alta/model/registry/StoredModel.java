package dev.alta.model.registry;

import dev.alta.proto.v1.Manifest;
import dev.alta.proto.v1.Model;

/** A version as it lies in the store, its objects verified against the manifest's digests. */
public record StoredModel(int version, Manifest manifest, Model model) {}
