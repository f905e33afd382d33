package io.blazedb.sql;

/** Who wins when two nodes write the same thing at the same time. */
public enum NodeRole implements Keyword {
    SERVER("SERVER"),
    /** Loses to a SERVER, is equal among its own. */
    CLIENT("CLIENT");

    private final String words;

    NodeRole(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
