package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.Credential;
import io.blazedb.sync.internal.crypto.HandshakeException;
import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.crypto.Prologue;
import io.blazedb.sync.internal.crypto.Transport;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.Connector;
import io.blazedb.sync.internal.net.Dialer;
import io.blazedb.sync.internal.net.DialerListener;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.Timer;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a channel to one of several hubs: dials as {@link Dialer} does, and begins the handshake on each connection. A
 * hub is left out after a refusal that another attempt does not cure, and the last one ends the dialling. Any thread
 * may call it.
 *
 * <p>A hub may use a token up and its last message be lost, so that the node is a member and does not know. Therefore a
 * node whose enrolment is refused asks once more, as a member, before it gives up.
 *
 * <p>The network thread of the connector does the handshake's work, 3 ms a connection: it is the client's own.
 */
public final class ChannelClient implements AutoCloseable {
    private final ChannelOwner owner;
    private final Timer timer;
    private final NetLimits limits;
    private final SecureRandom random;
    private final Dialer dialer;

    // What follows is guarded by this.
    private @Nullable SecureChannel channel;
    private boolean closing;
    /** Why the last handshake failed: more than the connection knows. */
    private @Nullable String failure;
    /** Whether a hub has granted a channel: then this node is a member. */
    private boolean member;
    /** Hubs that granted one, and so have the right key. */
    private final Set<HubAddress> known = new HashSet<>();
    /** Hubs that refused an enrolment, and are to be asked as by a member. */
    private final Set<HubAddress> tokenRefused = new HashSet<>();

    /** @param hubs the first is tried first; at least one */
    public ChannelClient(
            List<HubAddress> hubs,
            ChannelOwner owner,
            Connector connector,
            Timer timer,
            NetLimits limits,
            SecureRandom random) {
        this.owner = owner;
        this.timer = timer;
        this.limits = limits;
        this.random = random;
        dialer = new Dialer(hubs, connector, new Dialled(), timer, random);
    }

    /** Makes the first attempt now. Only the first call does something. */
    public void start() {
        dialer.start();
    }

    /** Makes no further attempt, and closes the channel that there is once what it has taken is sent. */
    @Override
    public void close() {
        SecureChannel open;
        synchronized (this) {
            closing = true;
            open = channel;
        }
        if (open == null) {
            dialer.close();
        } else {
            open.close(CloseReason.GOING_AWAY); // Then its end closes the dialer, which would cut the rest off.
        }
    }

    private final class Dialled implements DialerListener {
        @Override
        public ConnectionListener opened(HubAddress hub, Connection connection) {
            Prologue prologue = Prologue.of(Transport.SECURE_WEB_SOCKET, owner.teamTag(), connection.tlsBinding());
            Trust trust = owner.trust(hub);
            Credential credential = credential(hub, trust);
            Initiator initiator = new Initiator(prologue, owner.party(), trust, credential, random);
            boolean mayBeMember = credential instanceof Credential.Enrolment && !trust.needsToken();
            ClientHandshake handshake =
                    new ClientHandshake(ChannelClient.this, hub, connection, initiator, mayBeMember, timer, limits);
            handshake.begin();
            return handshake;
        }

        @Override
        public void waiting(HubAddress hub, String reason, long millis) {
            String why;
            synchronized (ChannelClient.this) {
                why = failure == null ? reason : failure;
                failure = null;
            }
            owner.waiting(hub, why, millis);
        }
    }

    /** What the owner says, unless that is a token and this node may be a member by now. A member needs a pin. */
    private Credential credential(HubAddress hub, Trust trust) {
        Credential asked = owner.credential();
        synchronized (this) {
            boolean enrolled = member || tokenRefused.contains(hub);
            return asked instanceof Credential.Enrolment && enrolled && !trust.needsToken()
                    ? new Credential.Member(0)
                    : asked;
        }
    }

    ChannelListener listener(HubAddress hub) {
        return owner.listener(hub);
    }

    /** There is a channel, which {@link #close} has to close. */
    void opened(HubAddress hub, SecureChannel opened) {
        boolean unwanted;
        synchronized (this) {
            member = true;
            known.add(hub);
            channel = opened;
            unwanted = closing;
        }
        if (unwanted) {
            opened.close(CloseReason.GOING_AWAY);
        }
    }

    /**
     * A handshake failed at a check, and its connection is closed.
     *
     * @param mayBeMember whether this node asked by a token, and has not asked as a member yet
     */
    void refused(HubAddress hub, HandshakeException reason, boolean mayBeMember) {
        boolean last;
        synchronized (this) {
            boolean askAgain = mayBeMember && reason.reason() == HandshakeException.Reason.REFUSED;
            if (askAgain) {
                tokenRefused.add(hub);
            }
            last = !askAgain && Refusals.isFinal(reason.reason(), known.contains(hub));
            failure = reason.reason() + ": " + reason.getMessage();
        }
        if (last) {
            owner.refused(hub, reason, dialer.drop(hub));
        }
    }

    /** A handshake failed: what the pause before the next attempt is explained with. */
    void failed(String why) {
        synchronized (this) {
            failure = why;
        }
    }

    /** A connection ended; the dialer hears of it after this. */
    void ended() {
        boolean last;
        synchronized (this) {
            channel = null;
            last = closing;
        }
        if (last) {
            dialer.close();
        }
    }
}
