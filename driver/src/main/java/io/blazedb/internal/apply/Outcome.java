package io.blazedb.internal.apply;

/** What the projection makes of a merged row. */
enum Outcome {
    /** Dead, or never there. */
    GONE,
    /** In its table. */
    SHOWN,
    /** Hidden: an earlier claim has one of its unique keys. */
    UNIQUE,
    /** Hidden: a check, NOT NULL or a domain does not allow its values, which several authors wrote. */
    CHECK,
    /** Hidden: a row that it refers to does not show. */
    FOREIGN_KEY;

    /** Whether it holds its unique keys, shown or not. */
    boolean holdsKeys() {
        return this == SHOWN || this == CHECK || this == FOREIGN_KEY;
    }

    boolean isHidden() {
        return this == UNIQUE || this == CHECK || this == FOREIGN_KEY;
    }
}
