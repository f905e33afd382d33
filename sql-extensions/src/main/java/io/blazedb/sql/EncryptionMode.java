package io.blazedb.sql;

/** What a hub may see. */
public enum EncryptionMode implements Keyword {
    /** Nothing: it stores what only the nodes can open. */
    E2E_ONLY("E2E_ONLY"),
    /** The rows: it filters them for each node. */
    SMART_PROXY("SMART_PROXY");

    private final String words;

    EncryptionMode(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }
}
