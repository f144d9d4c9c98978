/**
 * {@code alta backup} and {@code alta restore}: database and bucket in one archive, and back.
 *
 * <p>In: an open database and its bucket, or an archive. Out: an archive that is complete or not
 * there, or a database and a bucket as they were. Front doors: {@link dev.alta.app.backup.Backup},
 * {@link dev.alta.app.backup.Restore}.
 *
 * <p><b>Why database and bucket fit together.</b> Both are taken as they are at one moment: the
 * database by a snapshot of one transaction; the bucket because its list of models and data sets,
 * with tags, is the same before the snapshot is taken and after, so it was that at the snapshot's
 * moment, too. The aliases, all that ever changes in it, are copied between these two looks. What
 * else is on the list never changes, so it can be copied later, at leisure; an object that did
 * change, or has gone, begins the backup anew. So a champion's version is there whole, with the
 * data set that it was made from, and each prediction in the log with the version that made it.
 */
@NullMarked
package dev.alta.app.backup;

import org.jspecify.annotations.NullMarked;
