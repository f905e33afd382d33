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
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.WebSocketClient;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A node on this machine, and what it is told. */
final class TestNode implements ChannelOwner, AutoCloseable {
    final NodeKeys keys = NodeKeys.generate(TestHub.RANDOM);
    private final Party party = TestHub.party(keys);
    private final NetLimits limits;
    final WebSocketClient network;
    final BlockingQueue<Recorder> channels = new LinkedBlockingQueue<>();
    final BlockingQueue<String> pauses = new LinkedBlockingQueue<>();
    final BlockingQueue<HandshakeException> refusals = new LinkedBlockingQueue<>();
    volatile Trust trust;
    volatile Credential credential = new Credential.Member(0);
    private @Nullable ChannelClient client;

    TestNode(NetLimits limits, Trust trust) throws NetException {
        this.limits = limits;
        this.trust = trust;
        network = new WebSocketClient(limits, io.blazedb.sync.internal.net.Trust.pinnedAbove());
    }

    TestNode with(Token token) {
        credential = new Credential.Enrolment(token);
        return this;
    }

    ChannelClient dial(HubAddress hub) {
        ChannelClient dialling =
                new ChannelClient(List.of(hub), this, network, network.timer(), limits, TestHub.RANDOM);
        client = dialling;
        dialling.start();
        return dialling;
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
        return TestHub.TEAM_TAG;
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
        credential = new Credential.Member(0);
        Recorder recorder = new Recorder();
        channels.add(recorder);
        return recorder;
    }

    @Override
    public void waiting(HubAddress hub, String reason, long millis) {
        pauses.add(reason);
    }

    @Override
    public void refused(HubAddress hub, HandshakeException reason) {
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
