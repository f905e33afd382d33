package io.blazedb.internal.hub;

import java.io.PrintWriter;

/** Where the answer to a command goes: rows and words to out, warnings to err. Used by one thread. */
public record HubOutput(PrintWriter out, PrintWriter err) {}
