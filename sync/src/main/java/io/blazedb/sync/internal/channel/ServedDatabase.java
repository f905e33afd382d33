package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.Authority;
import io.blazedb.sync.internal.crypto.Party;
import io.blazedb.sync.internal.crypto.Terms;

/** What a server's handshakes need to know of a database. Called by as many threads as handshakes run. */
public interface ServedDatabase {
    /** The server's own keys and card. */
    Party party();

    /** What both ends know of the team before the first message, 16 bytes. */
    byte[] teamTag();

    /** Who may come in. May wait, as for a disk. */
    Authority authority();

    /** How often the history began anew. */
    long hubEpoch();

    /** The largest frame of a channel, from {@link Terms#FRAME_BYTES_LEAST} to {@link Terms#FRAME_BYTES_MAX}. */
    int frameBytesMax();

    /** Who listens to a new channel. */
    ChannelListener listener();
}
