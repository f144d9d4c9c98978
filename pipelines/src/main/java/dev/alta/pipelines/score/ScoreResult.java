package dev.alta.pipelines.score;

/**
 * What a run of scoring has done; read = scored + rejected.
 *
 * @param rejects where the rejected rows are; empty where there are none
 * @param modelAlias what the version was loaded as, {@code champion}; empty where no alias points
 *     to it
 * @param seconds how long it took
 */
public record ScoreResult(
    String output,
    String rejects,
    long read,
    long scored,
    long rejected,
    String modelAlias,
    String modelVersion,
    double seconds) {}
