/**
 * The append-only log of one database: its write-ahead log, and the log of operations that peers read.
 *
 * <p>It knows bytes, not SQL. {@link io.blazedb.sync.internal.log.OperationLog} is the way in; {@link
 * io.blazedb.sync.internal.log.SegmentLayout} and {@link io.blazedb.sync.internal.log.RecordLayout} picture the files.
 */
@NullMarked
package io.blazedb.sync.internal.log;

import org.jspecify.annotations.NullMarked;
