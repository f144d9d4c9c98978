/**
 * Makes {@code clean_data} from {@code raw_data}: cleaned rows, split by patient and stratum.
 *
 * <p>In: the batches of the ledger and a seed. Out: a generation of clean_data, published as a
 * whole, and a {@link dev.alta.pipelines.prepare.PrepareResult}. Front door: {@link
 * dev.alta.pipelines.prepare.Prepare}.
 */
@NullMarked
package dev.alta.pipelines.prepare;

import org.jspecify.annotations.NullMarked;
