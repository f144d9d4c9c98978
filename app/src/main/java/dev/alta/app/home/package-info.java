/**
 * What a command needs to work on a home, the folder in which one Alta keeps everything: the lock,
 * the log, the database and the bucket, and that all of it is stopped in the end.
 *
 * <p>In: {@link dev.alta.app.home.StorageSettings}. Out: settings by which database and bucket are
 * reached, whether they are given by URL, embedded in another process that runs on the home, or
 * started here. Front door: {@link dev.alta.app.home.Storage}.
 */
@NullMarked
package dev.alta.app.home;

import org.jspecify.annotations.NullMarked;
