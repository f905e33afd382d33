package io.blazedb.internal.capture;

import io.blazedb.ChangedRow;
import io.blazedb.NewConflict;
import java.util.List;

/**
 * What one transaction changed, as applications hear of it.
 *
 * @param local whether the rows were changed by this database's own connections
 * @param rowCount how many rows there are; more than are listed when they are too many
 * @param conflictCount the same of conflicts
 */
public record WatchedChanges(
        boolean local, List<ChangedRow> rows, long rowCount, List<NewConflict> conflicts, long conflictCount) {}
