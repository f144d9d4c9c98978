/**
 * How the rows of a data set are distributed: sums that many workers can fill and that can be added
 * up, and what is made of them for people and for comparing other rows with these.
 *
 * <p>In: cleaned rows, batch by batch, into a {@link dev.alta.core.profile.BatchTally}; these added
 * up in a {@link dev.alta.core.profile.DataTally}. Out: an {@link dev.alta.proto.v1.DataProfile},
 * and a {@link dev.alta.core.profile.ProfileView} to ask it. No row and no patient can be read from
 * it.
 */
@NullMarked
package dev.alta.core.profile;

import org.jspecify.annotations.NullMarked;
