package io.blazedb.internal.capture;

/** Numbers the operations of this database. Called under the append lock of the log only. */
public interface OperationNumbers {
    long nextSeq();

    long nextClock();

    /** Writes which peers' operations were applied since this database's operation before. */
    void writeDependencies(RecordBuffer out);
}
