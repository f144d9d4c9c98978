package dev.alta.database;

import java.io.Serializable;

/**
 * A batch of a source: which rows, and what they are.
 *
 * @param source what the batches are numbered within
 * @param number from 1 on
 * @param sha256 of the batch's bytes; the same number with another digest is another content
 * @param firstLine line of its first row in the source, from 1 on
 * @param byteFrom offset of its first byte in the unpacked source
 * @param byteTo offset of the first byte after it
 * @param rows how many it has
 */
public record IngestBatch(
    String source, int number, String sha256, long firstLine, long byteFrom, long byteTo, int rows)
    implements Serializable {}
