package io.blazedb.internal.hub;

import io.blazedb.sync.Role;

/**
 * What a hub knows of a token, but for its verifier.
 *
 * @param user as whom the node signs in at a smart database
 * @param role the data role of the node
 * @param admin whether the node may administrate the members
 * @param grant whether the user was granted the role MEMBER
 * @param usedBy the node that enrolled with it; empty if none has
 */
public record TokenEntry(
        String id,
        String database,
        String user,
        Role role,
        boolean admin,
        boolean grant,
        long createdMillis,
        long expiresMillis,
        State state,
        String usedBy) {

    /** Where a token is in its life; it never goes back. */
    public enum State {
        OPEN,
        USED,
        REVOKED
    }

    /** Whether a node can still enrol with it. */
    public boolean isValidAt(long millis) {
        return state == State.OPEN && millis < expiresMillis;
    }

    TokenEntry used(String node) {
        return new TokenEntry(id, database, user, role, admin, grant, createdMillis, expiresMillis, State.USED, node);
    }

    TokenEntry revoked() {
        return new TokenEntry(
                id, database, user, role, admin, grant, createdMillis, expiresMillis, State.REVOKED, usedBy);
    }
}
