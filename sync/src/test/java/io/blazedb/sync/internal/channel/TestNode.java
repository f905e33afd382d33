package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.Credential;
import io.blazedb.sync.internal.crypto.HandshakeException;
import io.blazedb.sync.internal.crypto.Initiator;
import io.blazedb.sync.internal.crypto.NodeKeys;
import io.blazedb.sync.internal.crypto.Party;
import io.blazedb.sync.internal.crypto.Prologue;
import io.blazedb.sync.internal.crypto.Token;
import io.blazedb.sync.internal.crypto.Transport;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetException;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.Timer;
import io.blazedb.sync.internal.net.WebSocketClient;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A node on this machine, and what it is told. */
final class TestNode implements ChannelOwner, AutoCloseable {
    private static final int HASTE = 20;

    final NodeKeys keys = NodeKeys.generate(TestHub.RANDOM);
    private final Party party = TestHub.party(keys);
    private final NetLimits limits;
    final WebSocketClient network;
    final BlockingQueue<Recorder> channels = new LinkedBlockingQueue<>();
    final BlockingQueue<String> pauses = new LinkedBlockingQueue<>();
    final BlockingQueue<Long> pauseMillis = new LinkedBlockingQueue<>();
    final BlockingQueue<HandshakeException> refusals = new LinkedBlockingQueue<>();
    volatile Trust trust;
    /** Whether other hubs were left at each refusal. */
    final BlockingQueue<Boolean> others = new LinkedBlockingQueue<>();
    /** What happens to messages between this node and its network. */
    final Tap tap;
    /** How far this node's time is ahead of this machine's. */
    final AtomicLong aheadMillis = new AtomicLong();

    volatile byte[] teamTag = TestHub.TEAM_TAG;
    volatile Credential credential = new Credential.Member(0);
    private @Nullable ChannelClient client;

    TestNode(NetLimits limits, Trust trust) throws NetException {
        this.limits = limits;
        this.trust = trust;
        network = new WebSocketClient(limits, io.blazedb.sync.internal.net.Trust.pinnedAbove());
        tap = new Tap(network);
    }

    TestNode with(Token token) {
        credential = new Credential.Enrolment(token);
        return this;
    }

    ChannelClient dial(HubAddress... hubs) {
        ChannelClient dialling = new ChannelClient(List.of(hubs), this, tap, timer(), limits, TestHub.RANDOM);
        client = dialling;
        dialling.start();
        return dialling;
    }

    /** Pauses between attempts pass faster; the limits hold. */
    private Timer timer() {
        Timer timer = network.timer();
        return new Timer() {
            @Override
            public long nowMillis() {
                return timer.nowMillis() + aheadMillis.get();
            }

            @Override
            public Cancellable schedule(long delayMillis, Runnable task) {
                boolean limit = delayMillis == limits.of(NetLimit.HANDSHAKE_MILLIS_MAX)
                        || delayMillis == limits.of(NetLimit.CLOSE_MILLIS_MAX);
                return timer.schedule(limit ? delayMillis : delayMillis / HASTE, task);
            }
        };
    }

    Recorder next() throws InterruptedException {
        return Await.next("a channel at the node", channels);
    }

    /** For a handshake by hand. */
    Initiator initiator(Connection connection) {
        Prologue prologue = Prologue.of(Transport.SECURE_WEB_SOCKET, TestHub.TEAM_TAG, connection.tlsBinding());
        return new Initiator(prologue, party, trust, credential, TestHub.RANDOM);
    }

    @Override
    public Party party() {
        return party;
    }

    @Override
    public byte[] teamTag() {
        return teamTag;
    }

    @Override
    public Trust trust(HubAddress hub) {
        return trust;
    }

    @Override
    public Credential credential() {
        return credential;
    }

    @Override
    public ChannelListener listener(HubAddress hub) {
        Recorder recorder = new Recorder();
        channels.add(recorder);
        return recorder;
    }

    @Override
    public void waiting(HubAddress hub, String reason, long millis) {
        pauses.add(reason);
        pauseMillis.add(millis);
    }

    @Override
    public void refused(HubAddress hub, HandshakeException reason, boolean others) {
        this.others.add(others);
        refusals.add(reason);
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        network.close();
        keys.close();
    }
}
