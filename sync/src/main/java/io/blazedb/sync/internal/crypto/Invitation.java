package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.MalformedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * All that a newcomer needs to join a database: where it is, a token, the hub's pin, and the private key for which the
 * inviter has signed beforehand.
 *
 * <p>The text form is {@code blz1:<url>#<database>#<mode>#<token id>#<token secret>#<pin>#<private key>}, the database
 * percent-encoded. It is one secret as a whole. Not safe for use by several threads.
 */
public final class Invitation implements AutoCloseable {
    static final int TEXT_CHARACTERS_MAX = 4_096;

    private static final String SCHEME = "blz1:";
    private static final int PARTS = 7;
    private static final int PRIVATE_KEY_BYTES = 32;

    private final URI url;
    private final String database;
    private final Token token;
    private final Pin pin;
    private final byte[] privateKey;

    /** Takes the token over, and copies the private key. */
    public Invitation(URI url, String database, Token token, Pin pin, byte[] privateKey) {
        if (privateKey.length != PRIVATE_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "invitation key of " + privateKey.length + " bytes (expected: " + PRIVATE_KEY_BYTES + ")");
        }
        if (!isHub(url)) {
            throw new IllegalArgumentException("hub " + url + " (expected: wss://host:port)");
        }
        if (database.isBlank()) {
            throw new IllegalArgumentException("invitation to a database without a name");
        }
        this.url = url;
        this.database = database;
        this.token = token;
        this.pin = pin;
        this.privateKey = privateKey.clone();
    }

    /** Reads the text form. No error repeats a part of it, since a misplaced part may be a secret. */
    public static Invitation parse(String text) throws MalformedException {
        if (!text.startsWith(SCHEME)) {
            throw new MalformedException("invitation of another form (expected: it starts with " + SCHEME + ")");
        }
        if (text.length() > TEXT_CHARACTERS_MAX) {
            throw new MalformedException(
                    "invitation of " + text.length() + " characters (expected: <= " + TEXT_CHARACTERS_MAX + ")");
        }
        String[] parts = text.substring(SCHEME.length()).split("#", -1);
        if (parts.length != PARTS) {
            throw new MalformedException(
                    "invitation of " + parts.length + " parts (expected: " + PARTS + "; was all of it copied?)");
        }
        URI url = parseUrl(parts[0]);
        String database = parseDatabase(parts[1]);
        Pin pin = Pin.parse(parts[5]);
        Token token = Token.parse(parts[2], parts[3], parts[4]);
        byte[] key = TextForm.parse(parts[6], "invitation key");
        Invitation invitation = new Invitation(url, database, token, pin, key);
        Arrays.fill(key, (byte) 0);
        return invitation;
    }

    public URI url() {
        return url;
    }

    public String database() {
        return database;
    }

    public Token token() {
        return token;
    }

    public Pin pin() {
        return pin;
    }

    /** A copy, which the caller wipes. */
    public byte[] privateKey() {
        return privateKey.clone();
    }

    /** The whole invitation, secrets included. */
    public String text() {
        String name = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return SCHEME
                + String.join(
                        "#",
                        url.toString(),
                        name,
                        token.mode().text(),
                        token.id().toString(),
                        token.secretText(),
                        pin.toString(),
                        TextForm.of(privateKey));
    }

    /** Wipes the secrets. */
    @Override
    public void close() {
        token.close();
        Arrays.fill(privateKey, (byte) 0);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "invitation to " + database + " at " + url + " with " + token;
    }

    private static URI parseUrl(String text) throws MalformedException {
        try {
            URI url = new URI(text);
            if (isHub(url)) {
                return url;
            }
        } catch (URISyntaxException notAnUrl) {
            // Its message repeats the text; ours, below, does not.
        }
        throw new MalformedException(
                "invitation without a hub's address in its first part (expected: wss://host:port)");
    }

    private static boolean isHub(URI url) {
        return ("wss".equals(url.getScheme()) || "ws".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null;
    }

    private static String parseDatabase(String encoded) throws MalformedException {
        try {
            String name = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (!name.isBlank()) {
                return name;
            }
        } catch (IllegalArgumentException notEncoded) {
            // Its message repeats the text; ours, below, does not.
        }
        throw new MalformedException("invitation without a database's name in its second part");
    }
}
