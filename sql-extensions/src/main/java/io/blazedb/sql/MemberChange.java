package io.blazedb.sql;

/** What ALTER TEAM does with a member. */
public enum MemberChange implements Keyword {
    ADD("ADD"),
    DROP("DROP");

    private final String words;

    MemberChange(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
