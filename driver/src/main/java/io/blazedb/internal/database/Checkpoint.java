package io.blazedb.internal.database;

import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.Gate;
import io.blazedb.internal.capture.H2Engine;
import io.blazedb.sync.internal.log.OperationLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;

/**
 * Makes H2's file the state of the log at one position, and says so in the file. The state is taken while no write
 * transaction is open: H2's file with half a transaction in it does not always come back whole. It is written while
 * writers go on. Safe for use by several threads.
 */
final class Checkpoint {
    /** Where redo has to begin. */
    static final String POSITION = "position";

    /** Which log that position is in. */
    private static final String LOG = "log";

    private final H2Engine engine;
    private final OperationLog log;
    private final CommitLog commits;
    private final Gate gate;
    private final List<BiConsumer<MVMap<String, byte[]>, Long>> contributors = new CopyOnWriteArrayList<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile long position;
    private volatile Follower follower = Follower.NOBODY;

    /** What reads the log after it was written, and saves with each checkpoint how far it has come. */
    interface Follower {
        Follower NOBODY = new Follower() {
            @Override
            public void catchUp() {}

            @Override
            public void still(Runnable work) {
                work.run();
            }

            @Override
            public long savedTo() {
                return Long.MAX_VALUE;
            }

            @Override
            public long keptFrom() {
                return Long.MAX_VALUE;
            }
        };

        /** Called before a checkpoint, while writers go on: what is read now need not be read after a crash. */
        void catchUp();

        /** Runs work while nothing is read: what it saves has what was read up to one place, and says so. */
        void still(Runnable work);

        /** Up to where the last checkpoint has what was read. */
        long savedTo();

        /** The log before this position is not needed. */
        long keptFrom();
    }

    Checkpoint(H2Engine engine, OperationLog log, CommitLog commits, Gate gate) {
        this.engine = engine;
        this.log = log;
        this.commits = commits;
        this.gate = gate;
        this.position = readPosition(engine);
    }

    /** Where the last checkpoint of a database is, negative when it never had one. */
    static long readPosition(H2Engine engine) {
        byte[] bytes = engine.state().get(POSITION);
        return bytes == null ? -1 : ByteBuffer.wrap(bytes).getLong();
    }

    /** The log that the last checkpoint of a database belongs to; empty when it had none. */
    static String readLog(H2Engine engine) {
        byte[] bytes = engine.state().get(LOG);
        return bytes == null ? "" : new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Whether the file names the log that is there now: a new one has no name before its first record. */
    boolean isOfLog() {
        return readLog(engine).equals(log.identity());
    }

    static byte[] bytesOf(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** Called in each checkpoint with the state to write to and the position that it stands for. */
    void contribute(BiConsumer<MVMap<String, byte[]>, Long> contributor) {
        contributors.add(contributor);
    }

    /** Takes what reads the log into the checkpoints. */
    void follow(Follower reading) {
        follower = reading;
    }

    long position() {
        return position;
    }

    /** Whether redo would have anything to do now. */
    boolean isBehind() {
        return log.endLsn() > position;
    }

    /** Bytes of log that redo, and what follows the log, would have to go through now. */
    long distance() {
        return log.endLsn() - Math.min(position, follower.savedTo());
    }

    /**
     * Writes a checkpoint.
     *
     * @return false when write transactions were open for all of the waiting time; nothing is written then
     */
    boolean tryNow(long waitMillis) throws InterruptedException {
        writing.lockInterruptibly();
        try {
            follower.catchUp();
            forceLog(); // most of it, so that little is left to be forced while writers wait
            long stamp = gate.tryEnterAlone(waitMillis);
            if (stamp == 0) {
                return false;
            }
            long end;
            try {
                end = take();
            } finally {
                gate.leaveAlone(stamp);
            }
            engine.finishSave();
            position = end;
        } finally {
            writing.unlock();
        }
        log.trim(Math.min(position, follower.keptFrom()));
        return true;
    }

    /** Forces the log, which the file must never be ahead of. Answers its end. */
    private long forceLog() {
        long end;
        log.appendLock().lock(); // what is appended under it counts before it is given back: facts, ends of statements
        try {
            end = log.endLsn();
        } finally {
            log.appendLock().unlock();
        }
        if (end > log.durableEnd()) {
            log.force(end - 1);
        }
        return end;
    }

    /** Takes the state that belongs to the end of the log. Answers that position. */
    private long take() {
        commits.cutAlone().lock();
        try {
            long end = forceLog();
            follower.still(() -> {
                contributors.forEach(contributor -> contributor.accept(engine.state(), end));
                engine.state().put(POSITION, bytesOf(end));
                engine.state().put(LOG, log.identity().getBytes(StandardCharsets.US_ASCII));
                engine.beginSave();
            });
            return end;
        } finally {
            commits.cutAlone().unlock();
        }
    }
}
