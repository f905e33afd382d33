package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Lets a node enrol once at a database of one mode: a name and a secret of 256 bits.
 *
 * <p>The text form is {@code blzt1.<mode>.<id>.<secret>}. The secret leaves this object in {@link #text} alone, which
 * is shown once, to who asked for the token. Not safe for use by several threads.
 */
public final class Token implements AutoCloseable {
    private static final String VERSION = "blzt1";
    private static final int PARTS = 4;

    private final TokenId id;
    private final DatabaseMode mode;
    private final byte[] secret;

    /** Takes the secret over. */
    Token(TokenId id, DatabaseMode mode, byte[] secret) {
        if (secret.length != Sha256.BYTES) {
            throw new IllegalArgumentException(
                    "token of " + secret.length + " secret bytes (expected: " + Sha256.BYTES + ")");
        }
        this.id = id;
        this.mode = mode;
        this.secret = secret;
    }

    public static Token generate(DatabaseMode mode, SecureRandom random) {
        byte[] secret = new byte[Sha256.BYTES];
        random.nextBytes(secret);
        return new Token(TokenId.random(random), mode, secret);
    }

    public static Token parse(String text) throws MalformedException {
        String[] parts = text.split("\\.", -1);
        if (!parts[0].equals(VERSION) || parts.length != PARTS) {
            throw new MalformedException("token of " + parts.length + " parts, which is not of this version (expected: "
                    + VERSION + ".<mode>.<id>.<secret>)");
        }
        return parse(parts[1], parts[2], parts[3]);
    }

    static Token parse(String mode, String id, String secret) throws MalformedException {
        DatabaseMode known = DatabaseMode.of(mode)
                .orElseThrow(() -> new MalformedException("unknown mode (expected: blind or smart)"));
        return new Token(TokenId.parse(id), known, TextForm.parse(secret, "token secret"));
    }

    public TokenId id() {
        return id;
    }

    public DatabaseMode mode() {
        return mode;
    }

    /** What the hub keeps to check proofs: it does not tell the secret. */
    public TokenVerifier verifier() {
        return TokenVerifier.ofSecret(secret);
    }

    /** The whole token, secret included. */
    public String text() {
        return String.join(".", VERSION, mode.text(), id.toString(), secretText());
    }

    String secretText() {
        return TextForm.of(secret);
    }

    /** Wipes the secret. */
    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
