package io.blazedb.internal.database;

import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.link.LinkedNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.tx.TransactionStore.Change;

/**
 * Finds out whether a statement wrote a synced table while the modes of all connections keep writes here. Looks at
 * nothing while one of them lets writes out. For the thread that uses the connection.
 */
final class LocalWrites {
    static final String MESSAGE = "What was written stays in this database: the mode of none of its connections lets it"
            + " out. Remedy: DISCONNECT, and CONNECT again with MODE BIDIRECTIONAL.";

    private static final long NOT_LOOKING = -1;

    private final BlazeDatabase database;
    private final SessionLocal h2;
    private final CaptureSession capture;
    private long begin = NOT_LOOKING;
    private boolean found;

    LocalWrites(BlazeDatabase database, SessionLocal h2, CaptureSession capture) {
        this.database = database;
        this.h2 = h2;
        this.capture = capture;
    }

    /** A statement begins. */
    void begin() {
        found = false;
        if (!database.actions().connections().letNothingOut()) {
            begin = NOT_LOOKING;
            return;
        }
        capture.takeWroteOperation();
        begin = h2.hasPendingTransaction() ? h2.getTransaction().setSavepoint() : 0;
    }

    /** The statement has ended, well or not. */
    void end() {
        long from = begin;
        begin = NOT_LOOKING;
        if (from == NOT_LOOKING || h2.isClosed()) {
            return;
        }
        boolean isOpen = h2.hasPendingTransaction();
        // What an earlier statement wrote and this one commits was that one's.
        found = isOpen ? wroteSince(from) : from == 0 && capture.takeWroteOperation();
    }

    /** Whether the last statement did; says it once. */
    boolean take() {
        boolean taken = found;
        found = false;
        return taken;
    }

    private boolean wroteSince(long savepoint) {
        LinkedNode node = database.node();
        Set<String> looked = new HashSet<>();
        Iterator<Change> changes = h2.getTransaction().getChanges(savepoint);
        while (node != null && changes.hasNext()) {
            String map = changes.next().mapName;
            if (looked.add(map)) {
                MVTable table = database.engine().database().getStore().getTable(map);
                if (table != null && node.tables().layoutOf(table) != null) {
                    return true;
                }
            }
        }
        return false;
    }
}
