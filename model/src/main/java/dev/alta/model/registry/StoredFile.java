package dev.alta.model.registry;

import java.io.Serializable;

/**
 * A file in a bucket, as it was when it was looked at.
 *
 * @param key its name in the bucket
 * @param size in bytes
 * @param etag changes with its content
 */
public record StoredFile(String key, long size, String etag) implements Serializable {}
