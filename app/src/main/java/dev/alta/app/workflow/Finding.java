package dev.alta.app.workflow;

/**
 * One of the things looked at in a decision.
 *
 * @param name of it, in one or two words
 * @param calls whether it calls for training
 * @param brief what was found, in a few words
 * @param words what was found and what was expected
 */
public record Finding(String name, boolean calls, String brief, String words) {}
