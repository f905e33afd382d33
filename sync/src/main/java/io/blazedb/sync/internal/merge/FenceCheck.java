package io.blazedb.sync.internal.merge;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Role;
import io.blazedb.sync.RowChange;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import java.util.Optional;

/**
 * V2: whether an author can have seen the server writes that its fences name.
 *
 * <p>Without this a client could write a fence of its own making and win against servers. Every node decides the same,
 * from what the transaction says it depends on. Stateless; any thread may call it.
 */
public final class FenceCheck {
    private FenceCheck() {}

    /**
     * The first fence that the author cannot have seen; nothing if all are right.
     *
     * @param dependencies everything that the transaction depends on, also what its origin wrote before it
     */
    public static Optional<Stamp> forgedFence(ChangeSet changeSet, VersionVector dependencies, OriginHistory history) {
        Stamp own = changeSet.stamp();
        boolean server = history.role(own.origin()) == Role.SERVER;
        for (RowChange change : changeSet.changes()) {
            for (int i = -1; i < change.size(); i++) {
                Stamp fence = i < 0 ? change.life().fence() : change.versions().fence(i);
                boolean allowed =
                        fence.isZero() || (fence.equals(own) ? server : wasSeen(fence, dependencies, history));
                if (!allowed) {
                    return Optional.of(fence);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean wasSeen(Stamp fence, VersionVector dependencies, OriginHistory history) {
        long seen = dependencies.seq(fence.origin());
        return seen > 0
                && history.role(fence.origin()) == Role.SERVER
                && Long.compareUnsigned(fence.hlc(), history.hlc(fence.origin(), seen)) <= 0;
    }
}
