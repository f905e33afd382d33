package io.blazedb.internal.link;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Two ends of a wire within a process. */
final class MemoryWires {
    private static final byte[] END = new byte[0];

    private final End one = new End();
    private final End other = new End();

    /** One end: what is sent here comes to the receiver of the other one. */
    private static final class End implements Wire {
        private final BlockingQueue<byte[]> coming = new LinkedBlockingQueue<>();
        private @Nullable End peer;
        private volatile boolean closed;

        @Override
        public void send(byte[] message) {
            End to = peer;
            if (closed || to == null) {
                throw new PeerLostException("the wire is closed", null);
            }
            to.coming.add(message);
        }

        @Override
        public void close() {
            End to = peer;
            closed = true;
            coming.add(END);
            if (to != null && !to.closed) {
                to.close();
            }
        }

        @SuppressWarnings("ReferenceEquality") // one array says that it is the end
        private void run(Receiver receiver) {
            try {
                for (byte[] message = coming.take(); message != END; message = coming.take()) {
                    receiver.received(message);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            receiver.closed("the wire was closed");
        }
    }

    MemoryWires() {
        one.peer = other;
        other.peer = one;
    }

    Wire one() {
        return one;
    }

    Wire other() {
        return other;
    }

    void start(Wire.Receiver atOne, Wire.Receiver atOther) {
        start(one, atOne);
        start(other, atOther);
    }

    private static void start(End end, Wire.Receiver receiver) {
        Thread thread = new Thread(() -> end.run(receiver), "blazedb-wire");
        thread.setDaemon(true);
        thread.start();
    }
}
