package io.blazedb.sql;

/** The unit of an invitation's life. */
public enum ExpiryUnit implements Keyword {
    MINUTES("MINUTES"),
    HOURS("HOURS"),
    DAYS("DAYS");

    private final String words;

    ExpiryUnit(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
