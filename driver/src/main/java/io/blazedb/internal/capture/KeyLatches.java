package io.blazedb.internal.capture;

import io.blazedb.internal.capture.CaptureSession.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.h2.api.ErrorCode;
import org.h2.engine.IsolationLevel;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.mvstore.tx.ChangeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign keys true at the commit point. H2 looks for parents and children when the statement runs and sees no
 * open transaction: of two that run side by side one can delete the parent of the child that the other inserts.
 *
 * <p>Commits that refer to a table go side by side; one that takes a key of it away goes alone and looks for children
 * that came meanwhile. Those who refer look again only when a key was taken away since they began. Safe for use by
 * several threads; a thread that enters has to leave.
 */
final class KeyLatches {
    static final Held NOTHING = new Held(List.of(), List.of());

    private final ConcurrentHashMap<Integer, Latch> latches = new ConcurrentHashMap<>();
    private final TableDirectory tables;
    private final SessionLocal committed;

    /** @param committed a session that never writes, so that it sees what is committed */
    KeyLatches(TableDirectory tables, SessionLocal committed) {
        this.tables = tables;
        this.committed = committed;
    }

    /** The commits that have to do with one parent table. */
    private static final class Latch {
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        private volatile long lastTakenNanos;
        private volatile boolean everTaken;

        boolean takenSince(long nanos) {
            return everTaken && lastTakenNanos - nanos > 0;
        }

        void taken() {
            lastTakenNanos = System.nanoTime();
            everTaken = true;
        }
    }

    /** What one commit holds. */
    record Held(List<Lock> locks, List<Latch> taken) {}

    /**
     * Enters with a transaction that is about to commit, whose keys are true when this returns.
     *
     * @throws DbException when they are not: H2's own error for the application, a lock's timeout for a peer's changes,
     *     which are then merged again
     */
    Held enter(KeyTouches touches, SessionLocal session, @Nullable CaptureSession capture, Changes changes) {
        if (touches.isEmpty() || !session.getDatabase().getReferentialIntegrity()) {
            return NOTHING;
        }
        Held held = lock(touches);
        try {
            boolean again = !touches.givenUp().isEmpty();
            for (int parent : touches.referredTo()) {
                again |= mayHaveLost(latch(parent), session, capture);
            }
            if (again) {
                check(changes);
            }
            return held;
        } catch (DbException e) {
            unlock(held);
            boolean merges = capture != null && capture.source() == Source.PEER;
            throw merges ? DbException.get(ErrorCode.LOCK_TIMEOUT_1, e, "a foreign key: " + e.getMessage()) : e;
        } catch (Throwable e) {
            unlock(held);
            throw e;
        }
    }

    /** Runs a visitor over what the transaction changed. */
    interface Changes extends Consumer<ChangeVisitor> {}

    private void check(Changes changes) {
        KeyCheck check = new KeyCheck(tables);
        changes.accept(check);
        synchronized (committed) {
            committed.lock();
            try {
                check.run(committed);
            } finally {
                committed.rollback();
                committed.unlock();
            }
        }
    }

    private Held lock(KeyTouches touches) {
        Set<Integer> parents = new TreeSet<>(touches.referredTo());
        parents.addAll(touches.givenUp());
        List<Lock> locks = new ArrayList<>(parents.size());
        List<Latch> taken = new ArrayList<>();
        for (int parent : parents) {
            Latch latch = latch(parent);
            boolean alone = touches.givenUp().contains(parent);
            Lock lock = alone ? latch.lock.writeLock() : latch.lock.readLock();
            lock.lock();
            locks.add(lock);
            if (alone) {
                taken.add(latch);
            }
        }
        return new Held(locks, taken);
    }

    private Latch latch(int parent) {
        return latches.computeIfAbsent(parent, id -> new Latch());
    }

    /** What a statement saw is as old as its transaction's place at the gate, or older. */
    private static boolean mayHaveLost(Latch latch, SessionLocal session, @Nullable CaptureSession capture) {
        if (!latch.everTaken || capture == null || session.getIsolationLevel() != IsolationLevel.READ_COMMITTED) {
            return latch.everTaken;
        }
        Gate.Place place = capture.place();
        return !place.isInside() || place.isLate() || latch.takenSince(place.sinceNanos());
    }

    /** The transaction is committed, or will not be. */
    void leave(Held held) {
        held.taken().forEach(Latch::taken);
        unlock(held);
    }

    private static void unlock(Held held) {
        held.locks().forEach(Lock::unlock);
    }
}
