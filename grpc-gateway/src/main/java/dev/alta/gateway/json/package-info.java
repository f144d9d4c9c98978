/**
 * JSON on one side, the contract's rows and the scorer's messages on the other; knows no HTTP.
 *
 * <p>In: bodies of requests, answers of the scorer, the contract. Out: rows or every violation at
 * once, JSON texts. Front doors: {@link dev.alta.gateway.json.EncounterReader} for what comes in,
 * {@link dev.alta.gateway.json.Answers} for what goes out.
 */
@NullMarked
package dev.alta.gateway.json;

import org.jspecify.annotations.NullMarked;
