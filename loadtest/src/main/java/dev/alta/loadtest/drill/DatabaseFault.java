package dev.alta.loadtest.drill;

/** What may befall a database. */
enum DatabaseFault {
  /** Stopped in order, and started again. */
  RESTARTED,
  /** All its processes killed, and started again: it recovers from its log. */
  KILLED,
  /** All its processes stand still; connections stay. */
  PAUSED,
  /** It takes no changes, as one that others have just promoted a copy of. */
  READ_ONLY,
  /** Others have all connections; those of Alta were ended. */
  NO_CONNECTIONS,
  /** No room on its disk. */
  DISK_FULL
}
