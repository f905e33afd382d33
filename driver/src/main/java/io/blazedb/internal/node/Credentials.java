package io.blazedb.internal.node;

/**
 * Who signs in at a database: H2's name of the user, and H2's hash of the name and password in hexadecimal digits. Never
 * printed.
 */
public record Credentials(String user, String passwordHash) {
    @Override
    public String toString() {
        return "Credentials[user=" + user + "]";
    }
}
