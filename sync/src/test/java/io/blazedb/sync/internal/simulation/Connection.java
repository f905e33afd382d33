package io.blazedb.sync.internal.simulation;

/** One connection between two nodes, from its beginning to its end; the next one between them has another number. */
record Connection(long number, int one, int other) implements Comparable<Connection> {
    int peerOf(int node) {
        return node == one ? other : one;
    }

    @Override
    public int compareTo(Connection that) {
        return Long.compare(number, that.number);
    }
}
