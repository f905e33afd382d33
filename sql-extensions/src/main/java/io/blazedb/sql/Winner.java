package io.blazedb.sql;

/** Which value a resolved conflict keeps. */
public enum Winner implements Keyword {
    LOCAL("LOCAL"),
    REMOTE("REMOTE");

    private final String words;

    Winner(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
