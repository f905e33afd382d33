package io.blazedb.sql;

/** Whether a sync policy obeys the row policies of the user that reads. */
public enum RowSecurity implements Keyword {
    RESPECT("RESPECT"),
    IGNORE("IGNORE");

    private final String words;

    RowSecurity(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
