package dev.alta.training.search;

/**
 * A point to be tried.
 *
 * @param number of the trial, from 1 on
 * @param origin "prior" or "tpe"
 * @param objective for which it was proposed
 */
record Proposal(int number, String origin, Objective objective, Point point) {}
