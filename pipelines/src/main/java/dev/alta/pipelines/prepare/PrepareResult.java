package dev.alta.pipelines.prepare;

import dev.alta.database.Generation;

/**
 * What a prepare run has done.
 *
 * @param generation what is published now; kept + excluded = rows read
 * @param isNew false where nothing had changed since it was published and nothing was done
 * @param seconds how long it took
 */
public record PrepareResult(Generation generation, boolean isNew, double seconds) {}
