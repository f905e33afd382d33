package io.blazedb.internal.hub;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is set in {@code hub.properties}: every limit of a hub has a name, a default and a unit here. The table of
 * docs/hub.md is this one.
 */
public enum HubSetting {
    HOST("host", "localhost", "The name by which clients reach the hub; it is in the certificate that the hub makes"),
    PORT("port", 8443, 0, 65_535, "The port that the hub listens at; 0: any that is free"),
    CONNECTIONS_MAX(
            "connections.max",
            10_000,
            1,
            1_000_000,
            "Connections in all; with 64 KiB of buffers each, 640 MiB at the default"),
    ADDRESS_CONNECTIONS_MAX(
            "connections.perAddress.max",
            256,
            1,
            1_000_000,
            "Connections from one address, which may be a whole office"),
    HALF_OPEN_MAX("handshakes.max", 1_024, 1, 100_000, "Connections that have not proved yet who they are"),
    HANDSHAKE_SECONDS_MAX("handshake.seconds.max", 5, 1, 300, "How long a connection may take to prove who it is"),
    IDLE_SECONDS_MAX("idle.seconds.max", 60, 5, 86_400, "A connection that was silent for so long is closed"),
    SEND_BYTES_MAX(
            "send.bytes.max",
            4L << 20,
            1L << 16,
            1L << 30,
            "Bytes that wait for one slow client; what comes then is read from the disk later"),
    DATABASE_BYTES_MAX(
            "database.bytes.max", 8L << 30, 1L << 20, 1L << 50, "What one blind database takes on the disk at most"),
    ORIGIN_BYTES_MAX(
            "origin.bytes.max",
            1L << 30,
            1L << 20,
            1L << 50,
            "Backlog of one origin: its operations that no snapshot has yet"),
    ORIGINS_MAX("origins.max", 100_000, 1, 1_000_000, "Origins of one blind database, about 400 bytes of memory each"),
    CONTENT_BYTES_MAX("content.bytes.max", 8L << 20, 1L << 20, 1L << 26, "One part of a large value or of a snapshot"),
    FREE_BYTES_MIN("free.bytes.min", 256L << 20, 0, 1L << 50, "What stays free on the disk: below, nothing is taken"),
    TOKENS_MAX("tokens.max", 100_000, 1, 1_000_000, "Tokens, those that were used or revoked too"),
    TOKEN_DAYS_MAX("token.days.max", 365, 1, 3_650, "How long a token may be valid");

    private final String key;
    private final String defaultValue;
    private final boolean number;
    private final long min;
    private final long max;
    private final String description;

    HubSetting(String key, String defaultValue, String description) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.number = false;
        this.min = 1;
        this.max = 253;
        this.description = description;
    }

    HubSetting(String key, long defaultValue, long min, long max, String description) {
        this.key = key;
        this.defaultValue = Long.toString(defaultValue);
        this.number = true;
        this.min = min;
        this.max = max;
        this.description = description;
    }

    /** The name in the file. */
    public String key() {
        return key;
    }

    public String defaultValue() {
        return defaultValue;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }

    /** Which values there are, in words. */
    public String range() {
        return number ? min + " to " + max : "a host name";
    }

    boolean isNumber() {
        return number;
    }

    /** Whether it is a number in its range, or a text that may be a host name. */
    boolean allows(String value) {
        if (!number) {
            return value.length() <= max && value.matches("[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?");
        }
        if (!value.matches("[0-9]{1,18}")) {
            return false;
        }
        long parsed = Long.parseLong(value);
        return parsed >= min && parsed <= max;
    }

    static Optional<HubSetting> of(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }
}
