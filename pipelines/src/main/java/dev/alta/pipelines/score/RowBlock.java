package dev.alta.pipelines.score;

import com.google.protobuf.ByteString;
import java.io.Serializable;

/**
 * Rows of a query as records of CSV.
 *
 * @param number of the block, from 0 on
 * @param firstRow number of its first row, from 1 on
 */
record RowBlock(int number, long firstRow, ByteString csv) implements Serializable {}
