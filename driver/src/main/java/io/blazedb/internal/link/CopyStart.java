package io.blazedb.internal.link;

import io.blazedb.sync.VersionVector;

/**
 * Where a copy begins.
 *
 * @param position of the source's log: operations from here on come after it
 * @param vector what the source had then
 */
record CopyStart(long position, Timeline timeline, VersionVector vector) {}
