package io.blazedb.sync.internal.crypto;

/** An envelope is under a key that is not here: it can be opened once the key has come, if it ever does. */
public final class KeyMissingException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Bytes keyId;

    KeyMissingException(Bytes keyId) {
        super("key " + keyId + " is not here");
        this.keyId = keyId;
    }

    public Bytes keyId() {
        return keyId;
    }
}
