package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.Authority;
import io.blazedb.sync.internal.crypto.DatabaseMode;
import io.blazedb.sync.internal.crypto.NodeCard;
import io.blazedb.sync.internal.crypto.NodeKeys;
import io.blazedb.sync.internal.crypto.Party;
import io.blazedb.sync.internal.crypto.Pin;
import io.blazedb.sync.internal.crypto.Terms;
import io.blazedb.sync.internal.crypto.Token;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.HubAddress;
import io.blazedb.sync.internal.net.NetException;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.SelfSignedCertificate;
import io.blazedb.sync.internal.net.WebSocketServer;
import io.blazedb.sync.internal.wire.MalformedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A hub on this machine that serves one database, with TLS. */
final class TestHub implements ChannelHost, ServedDatabase, AutoCloseable {
    static final SecureRandom RANDOM = new SecureRandom();
    static final byte[] TEAM_TAG = new byte[16];

    private final NodeKeys keys = NodeKeys.generate(RANDOM);
    private final Party party = party(keys);
    final MemoryAuthority authority;
    final BlockingQueue<Recorder> channels = new LinkedBlockingQueue<>();
    final BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
    volatile Supplier<Recorder> listeners = Recorder::new;
    /** How far the time of channels is ahead of this machine's. */
    final AtomicLong aheadMillis = new AtomicLong();

    volatile int frameBytesMax = Terms.FRAME_BYTES_MAX;
    private final ChannelServer handshakes;
    final WebSocketServer server;

    TestHub(NetLimits limits) throws NetException {
        this(limits, new MemoryAuthority());
    }

    /** One of several hubs of a database. */
    TestHub(NetLimits limits, MemoryAuthority authority) throws NetException {
        this.authority = authority;
        LongSupplier nowMillis = () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) + aheadMillis.get();
        handshakes = new ChannelServer(this, limits, Clock.systemUTC(), nowMillis, RANDOM);
        server = WebSocketServer.start(
                limits,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(SelfSignedCertificate.create(List.of(), Instant.now(), RANDOM)),
                handshakes);
    }

    static Party party(NodeKeys keys) {
        try {
            return new Party(keys.agreement(), keys.card("a node", 1).toBytes(), NodeCard::readPeer);
        } catch (MalformedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token that ends in so many milliseconds. */
    Token token(long millis) {
        Token token = Token.generate(DatabaseMode.BLIND, RANDOM);
        authority.issue(token, System.currentTimeMillis() + millis);
        return token;
    }

    Token token() {
        return token(3_600_000);
    }

    Pin pin() {
        return Pin.of(keys.agreement().publicKey());
    }

    Trust trust() {
        return Trust.of(Set.of(pin()));
    }

    HubAddress address() {
        return new HubAddress(true, "localhost", server.address().getPort(), "orders");
    }

    Recorder next() throws InterruptedException {
        return Await.next("a channel at the hub", channels);
    }

    String refusal() throws InterruptedException {
        return Await.next("a refusal at the hub", refusals);
    }

    @Override
    public Optional<ServedDatabase> database(String name) {
        return name.equals("orders") ? Optional.of(this) : Optional.empty();
    }

    @Override
    public boolean isHealthy() {
        return true;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void refused(String database, String remoteAddress, String why) {
        refusals.add(why);
    }

    @Override
    public Party party() {
        return party;
    }

    @Override
    public byte[] teamTag() {
        return TEAM_TAG;
    }

    @Override
    public Authority authority() {
        return authority;
    }

    @Override
    public long hubEpoch() {
        return 3;
    }

    @Override
    public int frameBytesMax() {
        return frameBytesMax;
    }

    @Override
    public ChannelListener listener() {
        Recorder recorder = listeners.get();
        channels.add(recorder);
        return recorder;
    }

    @Override
    public void close() {
        server.close();
        handshakes.close();
        keys.close();
    }
}
