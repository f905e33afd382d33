package io.blazedb.internal.apply;

import io.blazedb.internal.node.SyncedTable;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import java.util.Objects;
import org.h2.result.Row;
import org.jspecify.annotations.Nullable;

/**
 * One row that a transaction of the applier touches: as its table has it, and as the merge leaves it. For the applier's
 * thread.
 */
final class Target {
    private final SyncedTable table;
    private final SyncedTable.Layout layout;
    private final byte[] key;
    private RowState state = RowState.ABSENT;
    private @Nullable RowState lookedUp;
    private @Nullable Row row;
    private @Nullable HiddenRow known;
    private RowValues former = RowValues.NONE;
    private @Nullable RowValues values;
    private @Nullable Row draft;
    private boolean base;
    private boolean prepared;
    private boolean valid = true;
    private boolean changed;
    private boolean rewritten;
    private boolean contested;
    private boolean takenOut;
    private boolean absent;
    private String reason = "";

    Target(SyncedTable table, SyncedTable.Layout layout, byte[] key) {
        this.table = table;
        this.layout = layout;
        this.key = key;
    }

    SyncedTable table() {
        return table;
    }

    SyncedTable.Layout layout() {
        return layout;
    }

    byte[] key() {
        return key;
    }

    RowState state() {
        return state;
    }

    void state(RowState newState) {
        state = newState;
    }

    /** What the index says of it; and when its row is not there, no lock keeps others from inserting it. */
    void lookedUp(@Nullable RowState known) {
        lookedUp = known;
        absent = row == null;
    }

    /** Its row was not there to be locked when it was looked up. */
    boolean wasAbsent() {
        return absent;
    }

    /** Nor has it been inserted since: others may insert it before this transaction commits. */
    boolean isUnguarded() {
        return absent && row == null;
    }

    /** Whether the index says something else now. */
    boolean isOverrun(@Nullable RowState now) {
        return !Objects.equals(lookedUp, now);
    }

    /** The row is older than the node, so its state follows from that alone. */
    void base(RowState newState) {
        state = newState;
        base = true;
    }

    boolean isBase() {
        return base;
    }

    /** The state is another one than before the transaction, so the index has to learn it. */
    boolean isChanged() {
        return changed;
    }

    void changed() {
        changed = true;
    }

    /** The row in its table, or the one that was taken out of it; null when it is not there. */
    @Nullable
    Row row() {
        return row;
    }

    void stored(@Nullable Row newRow) {
        row = newRow;
    }

    /** What BZ_HIDDEN says of it. */
    @Nullable
    HiddenRow known() {
        return known;
    }

    /** What was before this transaction: the merged values, which are those of the draft when there is one. */
    void before(@Nullable HiddenRow newKnown, @Nullable RowValues newValues, @Nullable Row newDraft) {
        known = newKnown;
        former = newValues == null ? RowValues.NONE : newValues;
        values = newValues;
        draft = newDraft;
        prepared = newDraft != null && !takenOut; // what is in its table keeps to the rules
    }

    /** The merged values before this transaction; nothing for a row that was not alive. */
    RowValues former() {
        return former;
    }

    /** The merged values; null when it is not alive. */
    @Nullable
    RowValues values() {
        return values;
    }

    boolean isAlive() {
        return values != null && state.alive();
    }

    /** The merged values as a row, when it has been made. */
    @Nullable
    Row draft() {
        return draft;
    }

    /** Whether the draft keeps to what its table demands of a single row. */
    boolean isValid() {
        return valid;
    }

    /** The merged values are these now; they are written when the transaction ends. */
    void rewritten(@Nullable RowValues newValues, @Nullable Row newDraft) {
        values = newValues;
        draft = newDraft;
        prepared = false;
        rewritten = true;
    }

    boolean isRewritten() {
        return rewritten;
    }

    /** The row that was made of the values. */
    void drafted(Row newDraft, boolean isValid) {
        draft = newDraft;
        valid = isValid;
        prepared = true;
    }

    /** Whether the draft is that of the values, and it is known whether it is valid. */
    boolean isPrepared() {
        return prepared;
    }

    /** The change concerns a constraint, so the projection decides. */
    void contest() {
        contested = true;
    }

    boolean isContested() {
        return contested;
    }

    /** To be called first: the row was in its table and is not now, the projection puts it back or leaves it out. */
    void takeOut() {
        takenOut = true;
        contested = true;
    }

    boolean isTakenOut() {
        return takenOut;
    }

    /** Whether a constraint keeps all of it, or some values, out of its table. */
    boolean isAside() {
        return known != null;
    }

    /** Whether a constraint kept the row out of its table before this transaction. */
    boolean wasHidden() {
        return row == null && values != null && outcomeBefore().isHidden();
    }

    /** What the last projection made of it, as far as the table says. */
    Outcome outcomeBefore() {
        if (row != null) {
            return Outcome.SHOWN;
        }
        return known == null || !known.isWhole() ? Outcome.GONE : Outcome.valueOf(known.reason());
    }

    /** Why it is not in its table, as conflicts name it. */
    String reason() {
        return reason;
    }

    void reason(String newReason) {
        reason = newReason;
    }
}
