package io.blazedb;

import org.jspecify.annotations.Nullable;

/**
 * A conflict that BLAZE.CONFLICTS has from now on, or again after it was resolved.
 *
 * @param id under which BLAZE.CONFLICTS has it
 * @param key of the row, as BLAZE.CONFLICTS has it in ROW_KEY
 * @param column null when it is about the whole row
 * @param kind the KIND of BLAZE.CONFLICTS
 */
public record NewConflict(
        long id,
        String schema,
        String table,
        @Nullable String key,
        @Nullable String column,
        String kind) {}
