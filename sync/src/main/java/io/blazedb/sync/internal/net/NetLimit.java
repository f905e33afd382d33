package io.blazedb.sync.internal.net;

/** Every limit of the network, with the arithmetic of its default. */
public enum NetLimit {
    CONNECTIONS_MAX(
            "connectionsMax",
            12_000,
            1,
            1_000_000,
            "Connections in all: 10,000 clients and a fifth that come back early; 12,000 x 10 KiB idle = 120 MiB"),
    ADDRESS_CONNECTIONS_MAX(
            "addressConnectionsMax",
            256,
            1,
            1_000_000,
            "Connections of one address (IPv6: one /64): an office behind a router; 4 such fill the half-open ones"),
    ADDRESS_CONNECTS_PER_MINUTE_MAX(
            "addressConnectsPerMinuteMax",
            960,
            1,
            1_000_000,
            "New connections of one address, after twice addressConnectionsMax at once: 16 a second of a core's 450"),
    HALF_OPEN_MAX(
            "halfOpenMax",
            1_024,
            1,
            1_000_000,
            "Connections without a first message: 2 s of 450 handshakes; 1,024 x 16 KiB before it = 16 MiB"),
    FIRST_MESSAGE_MILLIS_MAX(
            "firstMessageMillisMax",
            5_000,
            10,
            600_000,
            "From the connection to the end of its first message: four round trips of 1 s and a second of work"),
    HANDSHAKE_BYTES_MAX(
            "handshakeBytesMax",
            16_384,
            1_024,
            1 << 20,
            "Bytes read before a peer is known: 2 KiB of TLS, 8 KiB of HTTP, two messages of 2 KiB, 2 KiB around them"),
    MESSAGE_BYTES_MAX(
            "messageBytesMax",
            66_560,
            1_024,
            1 << 24,
            "One message in all its frames: a record of 65,535 bytes, and 1,025 for what may come around it"),
    BACKLOG_BYTES_MAX(
            "backlogBytesMax",
            1 << 20,
            2_304,
            1 << 30,
            "Bytes waiting to be sent to one peer: 200 Mbit/s for 40 ms; 15 of the largest messages"),
    PING_MILLIS(
            "pingMillis",
            20_000,
            10,
            3_600_000,
            "Silence before a ping: a third of the 60 s after which home routers forget a connection"),
    MISSED_PINGS_MAX(
            "missedPingsMax", 3, 1, 100, "Pings without an answer before the peer is given up: 4 x 20 s of silence"),
    CONNECT_MILLIS_MAX(
            "connectMillisMax",
            10_000,
            10,
            600_000,
            "From the name to the agreed WebSocket: five round trips of 1 s, and as much for names and a busy server"),
    CLOSE_MILLIS_MAX(
            "closeMillisMax",
            2_000,
            10,
            600_000,
            "From close to the end: two round trips of 1 s for the last messages"),
    SHUTDOWN_MILLIS_MAX(
            "shutdownMillisMax",
            5_000,
            10,
            600_000,
            "From the server's close to closing what is still connected: what owners need to say goodbye"),
    HANDSHAKE_MILLIS_MAX(
            "handshakeMillisMax",
            10_000,
            10,
            600_000,
            "From the agreed WebSocket to a channel: 5 s for the first message, two round trips of 1 s, 3 s of queue"),
    HANDSHAKE_THREADS_MAX(
            "handshakeThreadsMax",
            4,
            1,
            64,
            "Handshakes worked on at once: 450 a second and core; more only wait for the same cores and disk"),
    HANDSHAKE_QUEUE_MAX(
            "handshakeQueueMax",
            1_024,
            1,
            1_000_000,
            "Steps of handshakes that wait for a thread: as many as half-open connections; 1,024 x 2 KiB = 2 MiB");

    /** What a message costs beside its bytes while it waits: the frame's header, and the objects around it. */
    public static final int FRAME_BYTES = 128;

    private final String setting;
    private final int byDefault;
    private final int least;
    private final int most;
    private final String description;

    NetLimit(String setting, int byDefault, int least, int most, String description) {
        this.setting = setting;
        this.byDefault = byDefault;
        this.least = least;
        this.most = most;
        this.description = description;
    }

    /** The name in settings files, with the unit last. */
    public String setting() {
        return setting;
    }

    public int byDefault() {
        return byDefault;
    }

    /** What it limits, and why the default is what it is. */
    public String description() {
        return description;
    }

    int checked(int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(setting + ": " + value + " (expected: " + least + " to " + most + ")");
        }
        return value;
    }
}
