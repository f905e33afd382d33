package io.blazedb.internal.capture;

import io.blazedb.sync.internal.log.RecordType;
import java.util.function.Supplier;

/**
 * Change sets that one H2 transaction applies, in the order in which they are applied.
 *
 * @param type TXN_REMOTE, or STATE_MERGE when states of rows are merged instead
 * @param content gives, once, the bytes as the log keeps them
 * @param isNumbered whether the content draws numbers of this node, so that it must be made under the lock of the log
 * @param appended told, under the lock of the log, when the record stands in the log
 */
public record RemoteBatch(RecordType type, Supplier<RecordBuffer> content, boolean isNumbered, Runnable appended) {
    /** What came from a peer. */
    public static RemoteBatch of(RecordType type, RecordBuffer bytes, Runnable appended) {
        return new RemoteBatch(type, () -> bytes, false, appended);
    }

    /**
     * A transaction of this node's own that is given as changes and not read from the rows.
     *
     * @param content asked under the lock of the log, with which the record follows: so the numbers that it takes from
     *     {@link OperationNumbers} are those of the record
     */
    public static RemoteBatch own(Supplier<RecordBuffer> content) {
        return new RemoteBatch(RecordType.TXN_REMOTE, content, true, () -> {});
    }
}
