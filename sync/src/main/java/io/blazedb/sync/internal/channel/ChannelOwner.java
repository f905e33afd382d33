package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.Credential;
import io.blazedb.sync.internal.crypto.HandshakeException;
import io.blazedb.sync.internal.crypto.Party;
import io.blazedb.sync.internal.crypto.Trust;
import io.blazedb.sync.internal.net.HubAddress;

/** What a {@link ChannelClient} asks and tells its owner, on network threads: the answers must come without waiting. */
public interface ChannelOwner {
    /** This node's keys and card. */
    Party party();

    /** What both ends know of the team before the first message, 16 bytes. */
    byte[] teamTag();

    /** By what the hub is known. Asked once an attempt. */
    Trust trust(HubAddress hub);

    /**
     * By what this node asks to come in. Asked once an attempt. After an enrolment the answer is a membership; until
     * the owner knows of it, the client itself tries as a member where {@link #trust} has a pin.
     */
    Credential credential();

    /** Who listens to the channel that a hub has just granted. */
    ChannelListener listener(HubAddress hub);

    /** There is no channel, or it ended; the next attempt, to the next hub of the list, follows after the time. */
    void waiting(HubAddress hub, String reason, long millis);

    /**
     * A refusal that another attempt at this hub does not cure: there will be none.
     *
     * @param others whether other hubs are left to try; if not, this is the last call but for a channel's end
     */
    void refused(HubAddress hub, HandshakeException reason, boolean others);
}
