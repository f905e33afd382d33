package io.blazedb.internal.hub;

import java.sql.SQLException;

/** The private keys of a hub, behind what the directory and its databases need of them. Safe for several threads. */
public interface HubKeys {
    /** What clients pin: {@code sha256/<base64>} of the hub's static Diffie-Hellman key. */
    String pin();

    /** Secret characters that follow from the hub's keys and this purpose, and from nothing else. */
    String secretFor(String purpose);

    /** Makes the keys of a new hub, and reads those of one that is there. */
    interface Source {
        HubKeys make(HubDirectory directory) throws SQLException;

        HubKeys read(HubDirectory directory) throws SQLException;
    }
}
