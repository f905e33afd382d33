package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.Role;

/**
 * What a node may do in the session: its data role, whether it administrates the team, and as of which policy.
 *
 * @param policyEpoch number of the policy that the responder holds, from 0
 */
public record Grant(Role role, boolean admin, long policyEpoch) {}
