package io.blazedb.sync.internal.simulation;

import io.blazedb.sync.internal.session.Message;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import io.blazedb.sync.internal.wire.MessageCodec;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The network of a world: which nodes are linked, what is connected, and what becomes of a frame. Worse than any real
 * one: frames of one connection are lost, repeated and overtaken.
 */
final class Wires {
    private record Pair(int one, int other) {
        Pair reversed() {
            return new Pair(/* one= */ other, /* other= */ one);
        }
    }

    private final World world;
    private final Set<Pair> links = new HashSet<>();
    private final Map<Pair, Connection> connections = new HashMap<>();
    private final Set<Pair> blocked = new HashSet<>();
    private final int lossPercent;
    private final int repeatPercent;
    private final int delayMillisMax;
    private boolean lossy = true;
    private long nextNumber;

    Wires(World world) {
        this.world = world;
        Dice dice = world.dice();
        lossPercent = dice.percent(50) ? dice.roll(20) : 0;
        repeatPercent = dice.percent(50) ? dice.roll(20) : 0;
        delayMillisMax = dice.percent(50) ? 5 : dice.between(20, 2_000);
    }

    boolean isLinked(int one, int other) {
        return links.contains(pair(one, other));
    }

    void link(int one, int other) {
        links.add(pair(one, other));
    }

    void unlink(int one, int other) {
        links.remove(pair(one, other));
        Connection connection = connections.get(pair(one, other));
        if (connection != null) {
            close(connection);
        }
    }

    /** From now on nothing gets from one node to the other; the other direction is another matter. */
    void block(int from, int to) {
        blocked.add(new Pair(from, to));
    }

    void unblock(int from, int to) {
        blocked.remove(new Pair(from, to));
    }

    /** Nothing is lost any more; frames may still be repeated and overtaken. */
    void heal() {
        lossy = false;
        blocked.clear();
    }

    /** Connects that node with its peers as far as it is not and they can be reached. */
    void connect(SimulatedNode node) {
        for (SimulatedNode peer : world.nodes()) {
            Pair pair = pair(node.number(), peer.number());
            if (peer.isUp() && links.contains(pair) && !connections.containsKey(pair) && !isBlocked(pair)) {
                Connection connection = new Connection(nextNumber++, pair.one, pair.other);
                connections.put(pair, connection);
                world.trace(() -> "nodes " + pair.one + " and " + pair.other + " connect");
                world.node(pair.one).connect(connection);
                if (connection.equals(connections.get(pair))) {
                    world.node(pair.other).connect(connection);
                }
            }
        }
    }

    private boolean isBlocked(Pair pair) {
        return blocked.contains(pair) || blocked.contains(pair.reversed());
    }

    /** Both sides notice. */
    void close(Connection connection) {
        if (connections.remove(pair(connection.one(), connection.other()), connection)) {
            world.node(connection.one()).disconnect(connection);
            world.node(connection.other()).disconnect(connection);
        }
    }

    void send(Connection connection, int from, Message message) {
        ByteWriter out = new ByteWriter();
        MessageCodec.write(out, message);
        byte[] frame = out.toByteArray();
        int copies = world.dice().percent(repeatPercent) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            boolean lost = lossy && world.dice().percent(lossPercent);
            long at = world.now() + world.dice().between(1, delayMillisMax);
            if (!lost && !blocked.contains(new Pair(from, connection.peerOf(from)))) {
                world.at(at, () -> world.node(connection.peerOf(from)).receive(connection, read(frame)));
            }
        }
    }

    private static Message read(byte[] frame) {
        try {
            return MessageCodec.read(ByteBuffer.wrap(frame));
        } catch (MalformedException e) {
            throw new IllegalStateException("a frame that a node wrote", e);
        }
    }

    private static Pair pair(int one, int other) {
        return new Pair(Math.min(one, other), Math.max(one, other));
    }
}
