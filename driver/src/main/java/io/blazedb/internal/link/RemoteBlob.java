package io.blazedb.internal.link;

import java.io.InputStream;
import java.util.Objects;

/** The content of a large object of a peer, fetched piece by piece. For one thread. */
final class RemoteBlob extends InputStream {
    static final int PIECE_BYTES = 1 << 20;

    private final PeerSession session;
    private final byte[] name;
    private byte[] piece = new byte[0];
    private int next;
    private long fetched;
    private boolean ended;

    RemoteBlob(PeerSession session, byte[] name) {
        this.session = session;
        this.name = name.clone();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (next == piece.length && !ended) {
            fetch();
        }
        if (next == piece.length) {
            return -1;
        }
        int count = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, into, offset, count);
        next += count;
        return count;
    }

    private void fetch() {
        piece = session.ask(
                PeerRequest.BLOB,
                out -> out.bytes(name).varint(fetched),
                in -> in.bytes(PIECE_BYTES, "piece of a large object"));
        next = 0;
        fetched += piece.length;
        ended = piece.length < PIECE_BYTES;
    }
}
