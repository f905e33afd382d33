package io.blazedb.sql;

/** The commands that a row policy binds. */
public enum PolicyCommand implements Keyword {
    ALL("ALL"),
    SELECT("SELECT"),
    INSERT("INSERT"),
    UPDATE("UPDATE"),
    DELETE("DELETE");

    private final String words;

    PolicyCommand(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
