package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.VoidDeltas;

/** A row that operations changed which do not count under their names, and what they added to its counters. */
@SuppressWarnings("ArrayRecordComponent") // never written to
public record VoidRow(SyncedTable table, byte[] key, VoidDeltas deltas) {}
