package io.blazedb.sync.internal.crypto;

/** The keystore does not open: with this password, or since somebody changed it. Says no more. */
public final class WrongPasswordException extends Exception {
    private static final long serialVersionUID = 1;

    WrongPasswordException() {
        super("the keystore does not open with this password");
    }
}
