package io.blazedb.sql;

/** How SHOW TOPOLOGY draws. */
public enum TopologyFormat implements Keyword {
    TABLE("TABLE"),
    TREE("TREE"),
    DOT("DOT"),
    MERMAID("MERMAID");

    private final String words;

    TopologyFormat(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
