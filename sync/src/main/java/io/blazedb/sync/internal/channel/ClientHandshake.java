package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.HandshakeException;
import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.crypto.SecureSession;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A client's end of one handshake, and of the channel that comes of it. Belongs to the connection's network thread, on
 * which all of its work is done. Whatever is wrong, the hub sees the same close.
 */
final class ClientHandshake implements ConnectionListener {
    private final ChannelClient client;
    private final HubAddress hub;
    private final Connection connection;
    private final Initiator initiator;
    private final boolean mayBeMember;
    private final Timer timer;
    private final NetLimits limits;
    /** Whether the handshake is decided: by a channel, a refusal, the time or the connection's end. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private boolean answered;
    private @Nullable SecureChannel channel;
    private Timer.@Nullable Cancellable deadline;

    ClientHandshake(
            ChannelClient client,
            HubAddress hub,
            Connection connection,
            Initiator initiator,
            boolean mayBeMember,
            Timer timer,
            NetLimits limits) {
        this.client = client;
        this.hub = hub;
        this.connection = connection;
        this.initiator = initiator;
        this.mayBeMember = mayBeMember;
        this.timer = timer;
        this.limits = limits;
    }

    /** Sends the first message. To be called once, before anything is received. */
    void begin() {
        int millis = limits.of(NetLimit.HANDSHAKE_MILLIS_MAX);
        deadline = timer.schedule(millis, () -> tooLate(millis));
        try {
            var unused = connection.send(initiator.begin());
        } catch (HandshakeException e) {
            refuse(e);
        }
    }

    @Override
    public void received(byte[] message) {
        if (channel != null) {
            channel.received(message);
            return;
        }
        try {
            if (answered) {
                open(initiator.finish(message, timer.nowMillis()));
            } else {
                answered = true;
                var unused = connection.send(initiator.answer(message));
            }
        } catch (HandshakeException e) {
            refuse(e);
        }
    }

    private void open(SecureSession session) {
        if (!decided.compareAndSet(false, true)) {
            session.close();
            return;
        }
        cancelDeadline();
        SecureChannel opening = SecureChannel.open(
                connection, session, client.listener(hub), timer, limits.of(NetLimit.CLOSE_MILLIS_MAX));
        channel = opening;
        client.opened(hub, opening);
        opening.opened();
    }

    private void refuse(HandshakeException reason) {
        if (decided.compareAndSet(false, true)) {
            cancelDeadline();
            connection.close(CloseReason.REFUSED);
            client.refused(hub, reason, mayBeMember);
        }
    }

    private void tooLate(int millis) {
        if (decided.compareAndSet(false, true)) {
            client.failed("no channel after " + millis + " ms (expected: sooner)");
            connection.close(CloseReason.REFUSED);
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
        }
    }

    @Override
    public void writable() {
        if (channel != null) {
            channel.writable();
        }
    }

    @Override
    public void stopping() {
        if (channel != null) {
            channel.stopping();
        }
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        decided.set(true);
        cancelDeadline();
        try {
            if (channel != null) {
                channel.closed(reason, detail);
            }
        } finally {
            client.ended();
        }
    }
}
