package io.blazedb.sync.internal.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * The membership records of one database, from its genesis to its head, and the state they make. Not safe for use by
 * several threads.
 */
public final class MembershipLog {
    private final List<MembershipRecord> records = new ArrayList<>();
    private final List<Bytes> hashes = new ArrayList<>();
    private Membership state;

    public MembershipLog(MembershipRecord genesis) throws RefusedException {
        state = Membership.begin(genesis);
        keep(genesis);
    }

    /** Takes what another node has. False when it was here already. */
    public boolean receive(MembershipRecord record) throws RefusedException {
        if (record.index() <= state.index()) {
            if (hashAt(record.index()).equals(record.hash())) {
                return false;
            }
            throw new RefusedException(
                    Refusal.FORK, "another record " + record.index() + " than the one that is known");
        }
        state = state.accept(record);
        keep(record);
        return true;
    }

    /** Appends what is being made now, if its maker has seen the head. What the keeper of the log calls. */
    public void append(MembershipRecord record, long nowMillis) throws RefusedException {
        state = state.admit(record, nowMillis);
        keep(record);
    }

    public Membership state() {
        return state;
    }

    /** The records from that index on, for another node. */
    public List<MembershipRecord> from(long index) {
        return List.copyOf(records.subList((int) Math.min(index, records.size()), records.size()));
    }

    /** The hash of that record, which is not after the head. */
    public Bytes hashAt(long index) {
        return hashes.get((int) index);
    }

    private void keep(MembershipRecord record) {
        records.add(record);
        hashes.add(state.hash());
    }
}
