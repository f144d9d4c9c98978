/**
 * All SQL of Alta: the tables made from the contract, the ledger, the rejects, the inference log.
 *
 * <p>In: rows, predictions. Out: rows, and records of what was stored. Front door: {@link
 * dev.alta.database.Database}.
 */
@NullMarked
package dev.alta.database;

import org.jspecify.annotations.NullMarked;
