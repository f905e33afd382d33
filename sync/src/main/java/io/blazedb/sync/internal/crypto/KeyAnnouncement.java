package io.blazedb.sync.internal.crypto;

/**
 * That there is a group key: what makes it valid for all members.
 *
 * @param commit its commitment
 * @param wrappedAt index of the membership record up to which the recipients of its wraps were known
 */
public record KeyAnnouncement(Bytes scope, long epoch, Bytes commit, long wrappedAt) {
    public KeyAnnouncement {
        scope.requireLength(GroupKey.SCOPE_BYTES, "scope");
        commit.requireLength(GroupKey.COMMIT_BYTES, "commitment");
        GroupKey.checkEpoch(epoch);
        if (wrappedAt < 0) {
            throw new IllegalArgumentException("wrapped at record " + wrappedAt + " (expected: >= 0)");
        }
    }
}
