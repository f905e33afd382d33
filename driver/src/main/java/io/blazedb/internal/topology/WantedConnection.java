package io.blazedb.internal.topology;

import io.blazedb.internal.catalog.SyncMode;

/** A connection that a pattern makes. */
public record WantedConnection(String source, String target, SyncMode mode) {}
