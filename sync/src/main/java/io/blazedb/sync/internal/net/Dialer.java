package io.blazedb.sync.internal.net;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Stays connected to one of several hubs: tries them in their order, one at a time, with a pause between attempts that
 * grows from 0.2 to 30 s, and goes on with the next when an attempt fails or a connection ends, for whatever reason; a
 * peer that leaves pings unanswered ends it too. A connection that held for a while makes the pauses short again. Any
 * thread may call it.
 */
public final class Dialer implements AutoCloseable {
    /** A connection that lasted less may be one that the hub refuses: then pauses go on growing. */
    static final long SETTLED_MILLIS = 30_000;

    private final Connector connector;
    private final DialerListener owner;
    private final Timer timer;
    private final Backoff backoff;

    // These are guarded by this.
    private final List<HubAddress> hubs;
    private int next;
    private boolean started;
    private boolean closed;
    private Timer.@Nullable Cancellable retry;
    private @Nullable Connection connection;

    /** @param hubs the first is tried first; at least one */
    public Dialer(
            List<HubAddress> hubs, Connector connector, DialerListener owner, Timer timer, RandomGenerator random) {
        if (hubs.isEmpty()) {
            throw new IllegalArgumentException("No hub to connect to (expected: at least one)");
        }
        this.hubs = new ArrayList<>(new LinkedHashSet<>(hubs));
        this.connector = connector;
        this.owner = owner;
        this.timer = timer;
        this.backoff = new Backoff(random);
    }

    /** Makes the first attempt now. Only the first call does something. */
    public void start() {
        synchronized (this) {
            if (started || closed) {
                return;
            }
            started = true;
        }
        attempt();
    }

    private void attempt() {
        HubAddress hub;
        synchronized (this) {
            if (closed) {
                return;
            }
            hub = hubs.get(next % hubs.size());
            next = (next + 1) % hubs.size();
        }
        var unused = connector.connect(hub, opening(hub)).whenComplete((opened, failure) -> {
            if (failure != null) {
                lost(hub, message(failure), false);
            }
        });
    }

    private Function<Connection, ConnectionListener> opening(HubAddress hub) {
        return opened -> {
            long since = timer.nowMillis();
            boolean unwanted;
            synchronized (this) {
                connection = opened;
                unwanted = closed;
            }
            ConnectionListener listener = new Watch(hub, since, owner.opened(hub, opened));
            if (unwanted) {
                opened.close(CloseReason.GOING_AWAY);
            }
            return listener;
        };
    }

    /** Passes everything on, and sees the end. */
    private final class Watch implements ConnectionListener {
        private final HubAddress hub;
        private final long sinceMillis;
        private final ConnectionListener listener;

        Watch(HubAddress hub, long sinceMillis, ConnectionListener listener) {
            this.hub = hub;
            this.sinceMillis = sinceMillis;
            this.listener = listener;
        }

        @Override
        public void received(byte[] message) {
            listener.received(message);
        }

        @Override
        public void writable() {
            listener.writable();
        }

        @Override
        public void stopping() {
            listener.stopping();
        }

        @Override
        public void closed(CloseReason reason, String detail) {
            try {
                listener.closed(reason, detail);
            } finally {
                lost(hub, reason + ": " + detail, timer.nowMillis() - sinceMillis >= SETTLED_MILLIS);
            }
        }
    }

    private void lost(HubAddress hub, String reason, boolean settled) {
        long millis;
        synchronized (this) {
            connection = null;
            if (closed) {
                return;
            }
            if (settled) {
                backoff.reset();
            }
            millis = backoff.nextMillis();
            retry = timer.schedule(millis, this::attempt);
        }
        owner.waiting(hub, reason, millis);
    }

    /**
     * Tries this hub no more. If it was the last, this is the dialer's end as by {@link #close}.
     *
     * @return whether there are others
     */
    public boolean drop(HubAddress hub) {
        boolean others;
        synchronized (this) {
            int at = hubs.indexOf(hub);
            if (at >= 0) {
                hubs.remove(at);
                next -= at < next ? 1 : 0;
            }
            others = !hubs.isEmpty();
        }
        if (!others) {
            close();
        }
        return others;
    }

    private static String message(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    /** Makes no further attempt, and closes the connection that there is. */
    @Override
    public void close() {
        Connection last;
        synchronized (this) {
            closed = true;
            if (retry != null) {
                retry.cancel();
            }
            last = connection;
        }
        if (last != null) {
            last.close(CloseReason.GOING_AWAY);
        }
    }
}
