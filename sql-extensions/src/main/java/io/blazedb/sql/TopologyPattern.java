package io.blazedb.sql;

/** The shape that a topology keeps by itself when nodes come and go. */
public enum TopologyPattern implements Keyword {
    /** Connections are made by hand. */
    CUSTOM("CUSTOM"),
    /** Each node with the hub, both ways. */
    HUB_AND_SPOKE("HUB AND SPOKE"),
    /** The hub to each node, which only read. */
    STAR("STAR"),
    /** Each node with each. */
    MESH("MESH");

    private final String words;

    TopologyPattern(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
