package dev.alta.pipelines.file;

import java.io.Serializable;

/**
 * What is at a place.
 *
 * @param size in bytes
 * @param tag changes with the content
 */
public record Found(long size, String tag) implements Serializable {}
