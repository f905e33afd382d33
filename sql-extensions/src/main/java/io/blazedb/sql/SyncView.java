package io.blazedb.sql;

/** The views of the schema BLAZE that SHOW SYNC reads. */
public enum SyncView implements Keyword {
    STATUS("STATUS"),
    CONNECTIONS("CONNECTIONS"),
    POLICIES("POLICIES"),
    CONFLICTS("CONFLICTS"),
    TABLES("TABLES");

    private final String words;

    SyncView(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
