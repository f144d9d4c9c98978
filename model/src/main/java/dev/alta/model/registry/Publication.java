package dev.alta.model.registry;

import com.google.protobuf.ByteString;
import dev.alta.proto.v1.Evaluation;
import dev.alta.proto.v1.Model;
import dev.alta.proto.v1.Provenance;

/**
 * What becomes a version.
 *
 * @param nativeModel the model in the trainer's own format, JSON
 */
public record Publication(
    Model model,
    ByteString nativeModel,
    Provenance provenance,
    Evaluation validation,
    Evaluation test) {}
