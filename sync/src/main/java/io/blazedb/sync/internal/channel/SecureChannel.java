package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.Frame;
import io.blazedb.sync.internal.crypto.Grant;
import io.blazedb.sync.internal.crypto.PeerCard;
import io.blazedb.sync.internal.crypto.RecordException;
import io.blazedb.sync.internal.crypto.SecureSession;
import io.blazedb.sync.internal.crypto.Terms;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.Timer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Frames to and from a peer that has proved who it is, whole, in order and unread by others, until the channel ends.
 * Any thread may call any public method.
 *
 * <p>A frame that was taken may be larger than the connection's backlog: its records wait here, and no other frame is
 * taken before they are gone. So a channel holds one frame at most beside the backlog, and a frame's records are never
 * mixed with another's.
 */
public final class SecureChannel {
    /** What the owner may say before the peer knows that it is let in: as much as one record. */
    private static final int CORKED_BYTES_MAX = 65_535;

    private final Connection connection;
    private final SecureSession session;
    private final ChannelListener listener;
    private final Timer timer;
    private final long closeMillisMax;
    /** Held during each call of the listener, and never taken by who holds {@link #outbox}'s. */
    private final Object deliveries = new Object();

    // What follows is guarded by the outbox, and so is the sealer.
    private final Outbox outbox = new Outbox();
    private boolean corked;
    /** Somebody was told that there is no room, and must be told when there is. */
    private boolean awaited;

    private @Nullable CloseReason closing;
    private boolean over;
    private Timer.@Nullable Cancellable deadline;
    /** Why this side gave up, if it did: more than the connection knows. */
    private @Nullable String failure;

    private SecureChannel(
            Connection connection, SecureSession session, ChannelListener listener, Timer timer, long closeMillisMax) {
        this.connection = connection;
        this.session = session;
        this.listener = listener;
        this.timer = timer;
        this.closeMillisMax = closeMillisMax;
    }

    /** A channel that may send. */
    static SecureChannel open(
            Connection connection, SecureSession session, ChannelListener listener, Timer timer, long closeMillisMax) {
        return new SecureChannel(connection, session, listener, timer, closeMillisMax);
    }

    /** A channel that keeps what is sent until {@link #uncork}, and sends the handshake's last message before it. */
    static SecureChannel corked(
            Connection connection,
            SecureSession session,
            ChannelListener listener,
            Timer timer,
            long closeMillisMax,
            byte[] lastMessage) {
        SecureChannel channel = new SecureChannel(connection, session, listener, timer, closeMillisMax);
        synchronized (channel.outbox) {
            channel.corked = true;
            channel.outbox.add(lastMessage);
        }
        return channel;
    }

    /**
     * Takes a frame.
     *
     * @param type from {@link Frame#TYPE_LEAST} to 255
     * @return false if the frame was not taken: there is no room, so that {@link ChannelListener#writable} will be
     *     called, or the channel is ending, so that {@link ChannelListener#closed} will
     * @throws IllegalArgumentException if the payload is longer than {@link Terms#frameBytesMax}
     */
    public boolean send(int type, byte[] payload) {
        synchronized (outbox) {
            if (!hasRoom()) {
                return false;
            }
            outbox.addAll(session.sealer().seal(type, payload, timer.nowMillis()));
            if (!corked) {
                var unused = outbox.passTo(connection);
            }
            return true;
        }
    }

    /** Whether a frame would be taken; if not, {@link ChannelListener#writable} or {@code closed} will be called. */
    public boolean isWritable() {
        synchronized (outbox) {
            return hasRoom();
        }
    }

    private boolean hasRoom() {
        if (over || closing != null || failure != null) {
            return false;
        }
        boolean room = corked ? outbox.bytes() < CORKED_BYTES_MAX : outbox.isEmpty() && connection.isWritable();
        awaited |= !room;
        return room;
    }

    /** The other side's card; it has proved to have the private key of it. */
    public PeerCard peer() {
        return session.peer();
    }

    /** What the server stated. */
    public Terms terms() {
        return session.terms();
    }

    /** What the client may do, as the server granted it. */
    public Grant grant() {
        return session.grant();
    }

    /** Sixteen bytes, the server's choice. */
    public byte[] sessionId() {
        return session.sessionId();
    }

    /**
     * A secret that both ends can derive for one purpose, at most 8,160 bytes; the caller wipes it.
     *
     * @throws IllegalStateException if the channel has ended: its secrets are gone
     */
    public byte[] export(String purpose, int length) {
        synchronized (outbox) {
            if (over) {
                throw new IllegalStateException("the channel has ended (expected: export before closed)");
            }
            return session.export(purpose, length);
        }
    }

    /** Stops reading from the peer, which will be slowed down. A few frames that were read already still come. */
    public void pause() {
        connection.pause();
    }

    /** Reads on after {@link #pause}. */
    public void resume() {
        connection.resume();
    }

    /** Where the peer is, for logs. */
    public String remoteAddress() {
        return connection.remoteAddress();
    }

    /**
     * Ends the channel once the frames taken so far are sent, and says to the other side that these were all. Nothing
     * is received any more but {@link ChannelListener#closed}. Only the first call counts.
     */
    public void close(CloseReason reason) {
        synchronized (outbox) {
            if (over || closing != null) {
                return;
            }
            closing = reason;
            outbox.add(session.sealer().close());
            if (!corked && outbox.passTo(connection)) {
                connection.close(reason);
            } else {
                deadline = timer.schedule(closeMillisMax, () -> connection.close(reason));
            }
        }
    }

    /** Lets go what waited for {@code opened} to return. */
    void uncork() {
        synchronized (outbox) {
            corked = false;
        }
        writable();
    }

    /** Ends the channel without an end: the other side will see that something is missing. */
    void fail(CloseReason reason, String why) {
        synchronized (outbox) {
            if (failure == null) {
                failure = why;
            }
            outbox.clear();
        }
        connection.close(reason);
    }

    void opened() {
        synchronized (deliveries) {
            listener.opened(this);
        }
    }

    /** A message came; on the connection's thread, as all that follows. */
    void received(byte[] record) {
        Optional<Frame> frame;
        try {
            frame = session.opener().open(record);
        } catch (RecordException e) {
            fail(CloseReason.PROTOCOL, String.valueOf(e.getMessage()));
            return;
        }
        if (session.opener().isClosed()) {
            endSoon();
        } else if (frame.isPresent() && !isEnding()) {
            synchronized (deliveries) {
                listener.received(frame.get().type(), frame.get().payload());
            }
        }
    }

    /** The other side has said all it had to; if it does not close the connection, this side does. */
    private void endSoon() {
        synchronized (outbox) {
            if (deadline == null && !over) {
                deadline = timer.schedule(closeMillisMax, () -> connection.close(CloseReason.NORMAL));
            }
        }
    }

    private boolean isEnding() {
        synchronized (outbox) {
            return closing != null || failure != null;
        }
    }

    void writable() {
        synchronized (outbox) {
            if (over || corked || !outbox.passTo(connection)) {
                return;
            }
            if (closing != null) {
                connection.close(closing);
                return;
            }
            if (!awaited || !connection.isWritable()) {
                return;
            }
            awaited = false;
        }
        synchronized (deliveries) {
            listener.writable();
        }
    }

    void stopping() {
        synchronized (deliveries) {
            listener.stopping();
        }
    }

    void closed(CloseReason reason, String detail) {
        String why;
        synchronized (outbox) {
            over = true;
            why = failure == null ? detail : failure;
            outbox.clear();
            if (deadline != null) {
                deadline.cancel();
            }
            session.close();
        }
        boolean inOrder = session.opener().isClosed();
        synchronized (deliveries) {
            listener.closed(reason, why, inOrder);
        }
    }
}
