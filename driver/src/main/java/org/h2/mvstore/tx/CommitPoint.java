package org.h2.mvstore.tx;

import java.util.function.Consumer;

/**
 * What stands at H2's one commit point. Called by the thread that commits, for every transaction that changed a map.
 * An owner is
 * the H2 session that the transaction belongs to, or another listener for a transaction of the store's own.
 */
public interface CommitPoint {
    /** The transaction makes its first change: it writes from now on. */
    void firstChange(TransactionStore.RollbackListener owner);

    /**
     * The transaction is about to commit. A thrown exception takes back what it changed, and ends it.
     *
     * @param changes runs a visitor over what the transaction changed
     * @return what {@link #afterCommit} of this transaction wants to know
     */
    Object beforeCommit(TransactionStore.RollbackListener owner, Consumer<ChangeVisitor> changes);

    /** Says why a transaction cannot commit once H2's file is closed: H2 itself would say nothing. */
    RuntimeException fileClosed();

    /** H2's commit returned, or failed with an exception that is on its way to the caller. */
    void afterCommit(Object ticket, boolean committed);

    /** The transaction is over, committed or rolled back. */
    void ended(TransactionStore.RollbackListener owner);
}
