package dev.alta.training.live;

import java.time.LocalDate;

/**
 * What a version answered within a day or a week.
 *
 * @param from its first day, UTC
 * @param served predictions
 * @param risk mean probability of the most urgent class in these; NaN where there are none
 * @param judged encounters whose outcome is known, by the day of the prediction
 * @param judgedRisk mean probability of the most urgent class for these; NaN where there are none
 * @param urgent how many of these had the most urgent outcome
 */
public record Period(
    LocalDate from, long served, double risk, long judged, double judgedRisk, long urgent) {}
