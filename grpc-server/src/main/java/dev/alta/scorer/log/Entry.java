package dev.alta.scorer.log;

/** What goes through the queue, in its order. */
sealed interface Entry permits Payload, Afterwards {}
