package io.blazedb.internal.capture;

import io.blazedb.internal.capture.CaptureSession.Durability;
import org.jspecify.annotations.Nullable;

/** What one commit has to remember between its two halves; one a thread, reused. */
final class CommitTicket {
    boolean appended;
    boolean schemaChanged;
    long lsn;
    long tag;
    long first = -1;
    long statement;
    boolean operation;

    @Nullable
    CaptureSession session;

    KeyLatches.Held held = KeyLatches.NOTHING;
    Durability durability = Durability.NORMAL;

    void begin(@Nullable CaptureSession newSession) {
        clear();
        session = newSession;
        durability = newSession == null ? Durability.NORMAL : newSession.durability();
    }

    void clear() {
        appended = false;
        schemaChanged = false;
        tag = 0;
        first = -1;
        statement = 0;
        operation = false;
        session = null;
        held = KeyLatches.NOTHING;
    }
}
