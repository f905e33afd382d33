package io.blazedb.internal.node;

import java.time.Instant;

/** A change set that cannot be applied yet. */
public record ParkedStatus(String origin, long seq, String reason, String waitsFor, Instant since) {}
