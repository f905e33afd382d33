package io.blazedb.internal.link;

import io.blazedb.internal.apply.StateRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a table, and where to go on; null when there are no more. */
record RowPage(List<StateRow> rows, @Nullable CopyPlace next) {}
