package io.blazedb.internal.statement;

/** The statements of H2's language that would defeat the log if H2 ran them as they are. */
public enum SpecialKind {
    /** {@code TRUNCATE TABLE}: drops rows without writing them to the undo log. */
    TRUNCATE,
    /** {@code SHUTDOWN} in all its forms. */
    SHUTDOWN,
    /** {@code CHECKPOINT}, {@code CHECKPOINT SYNC}. */
    CHECKPOINT,
    /** {@code BACKUP TO}. */
    BACKUP,
    /** {@code RUNSCRIPT}: statements that the driver has not seen. */
    RUNSCRIPT,
    /** {@code DROP ALL OBJECTS}. */
    DROP_ALL_OBJECTS,
    /** {@code SET} of a setting that the engine owns, such as {@code WRITE_DELAY} or {@code EXCLUSIVE}. */
    SET,
    /** {@code PREPARE COMMIT}, {@code COMMIT TRANSACTION}, {@code ROLLBACK TRANSACTION}. */
    TWO_PHASE_COMMIT,
    /** {@code PREPARE name AS} a statement that is neither a query nor a change of rows: EXECUTE would hide it. */
    PREPARED_DEFINITION
}
