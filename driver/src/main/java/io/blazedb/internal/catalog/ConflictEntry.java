package io.blazedb.internal.catalog;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A row of the table BLAZE.BZ_CONFLICT, as people see it. */
public record ConflictEntry(
        long id,
        String schema,
        String table,
        @Nullable String rowKey,
        @Nullable String column,
        String kind,
        @Nullable String localValue,
        @Nullable String remoteValue,
        @Nullable String winner,
        @Nullable String localNode,
        @Nullable String remoteNode,
        OffsetDateTime detectedAt,
        String status) {}
