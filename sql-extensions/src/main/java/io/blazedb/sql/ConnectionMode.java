package io.blazedb.sql;

/** Which way changes may flow. */
public enum ConnectionMode implements Keyword {
    BIDIRECTIONAL("BIDIRECTIONAL"),
    READ_ONLY("READ ONLY"),
    WRITE_ONLY("WRITE ONLY");

    private final String words;

    ConnectionMode(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
