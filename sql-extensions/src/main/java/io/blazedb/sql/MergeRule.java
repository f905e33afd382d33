package io.blazedb.sql;

/** How concurrent writes of one column become one value. */
public enum MergeRule implements Keyword {
    /** The SERVER node's, then the later one. */
    SERVER("SERVER"),
    /** The later one. */
    LAST_WRITER("LAST WRITER"),
    /** The sum of what each node added. */
    COUNTER("COUNTER"),
    MAX("MAX"),
    MIN("MIN");

    private final String words;

    MergeRule(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
