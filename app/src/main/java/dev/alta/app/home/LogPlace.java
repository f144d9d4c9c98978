package dev.alta.app.home;

/** Where the log goes. */
public enum LogPlace {
  /** A file of the home, so that a terminal shows the screen only. */
  FILE,

  /** The error stream, where a container's logs are collected. */
  CONSOLE
}
