package dev.alta.app.workflow;

import dev.alta.app.data.Engine;
import dev.alta.app.home.Parts;
import dev.alta.app.home.Storage;
import dev.alta.app.terminal.Terminal;
import dev.alta.core.contract.Contract;
import dev.alta.database.Database;
import dev.alta.model.registry.Registry;
import java.time.Clock;

/**
 * What a workflow works with.
 *
 * @param storage where database and bucket are
 * @param parts the workflow is let go of when they are closed
 * @param engine where its pipelines run
 * @param codeVersion for the provenance of models
 */
public record Bench(
    Contract contract,
    Storage storage,
    Parts parts,
    Database database,
    Registry registry,
    Terminal terminal,
    Engine engine,
    String codeVersion,
    Clock clock) {}
