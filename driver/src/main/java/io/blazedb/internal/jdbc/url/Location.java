package io.blazedb.internal.jdbc.url;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is. Two URLs with equal locations open one database, but for {@link Kind#UNNAMED_MEMORY}, which
 * is a new one each time.
 *
 * @param name the name after the prefix as H2 takes it, without {@code mem:} and {@code file:}
 * @param path of a file: absolute, symbolic links resolved as far as it exists, without {@code .mv.db}; else null
 */
public record Location(Kind kind, String name, @Nullable Path path) {
    /** What a name after {@code jdbc:blaze:} stands for. */
    public enum Kind {
        FILE,
        MEMORY,
        UNNAMED_MEMORY
    }

    /** Files are equal when their paths are, however they were written. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Location that && kind == that.kind && key().equals(that.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    private Object key() {
        return path == null ? name : path;
    }
}
