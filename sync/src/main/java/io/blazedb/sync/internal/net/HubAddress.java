package io.blazedb.sync.internal.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a database is on the network: {@code wss://host:port/database}, or {@code ws://} without TLS, which is for this
 * machine only.
 */
public record HubAddress(boolean encrypted, String host, int port, String database) {
    /** The port of a URL that names none. */
    public static final int DEFAULT_PORT = 8443;

    public HubAddress {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("A hub without a host (expected: wss://host:port/database)");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Port " + port + " (expected: 1 to 65535)");
        }
        if (!DatabasePath.isName(database)) {
            throw new IllegalArgumentException("Database name '" + database
                    + "' (expected: 1 to 64 letters, digits, '_', '-' and '.', beginning with none of the last two)");
        }
        if (!encrypted && !isThisMachine(host)) {
            throw new IllegalArgumentException("ws:// to host " + host
                    + " (expected: wss://, or a host of this machine: localhost, 127.0.0.1, [::1])");
        }
    }

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException if it is not a hub's; says what is wrong, and does not repeat what could hold a
     *     password
     */
    public static HubAddress parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The hub's URL is wrong at character " + e.getIndex() + " (expected: wss://host:port/database)");
        }
        String scheme = uri.getScheme() == null ? "none" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("wss") && !scheme.equals("ws")) {
            throw new IllegalArgumentException("The hub's URL has the scheme " + scheme + " (expected: wss)");
        }
        if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    "The hub's URL has more than host, port and database (expected: wss://host:port/database)");
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException("The hub's URL has no host (expected: wss://host:port/database)");
        }
        String database = DatabasePath.decode(uri.getRawPath())
                .orElseThrow(() -> new IllegalArgumentException("The hub's URL has the path '" + uri.getRawPath()
                        + "' (expected: / and the name of a database of 1 to 64 letters, digits, '_', '-' and '.')"));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new HubAddress(
                scheme.equals("wss"),
                bracketed ? host.substring(1, host.length() - 1) : host,
                uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort(),
                database);
    }

    /** Names that cannot lead elsewhere, without asking anybody. */
    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
                || host.equals("::1")
                || host.equals("0:0:0:0:0:0:0:1");
    }

    URI uri() {
        return URI.create(toString());
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return (encrypted ? "wss://" : "ws://") + name + ":" + port + DatabasePath.encode(database);
    }
}
