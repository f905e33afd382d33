package io.blazedb.internal.hub;

import java.time.Clock;

/** What the administration of a hub takes from outside. */
public record HubContext(HubKeys.Source keys, SqlConsole console, Clock clock) {
    /** With keys in files, and the time of this machine. */
    public static HubContext of(SqlConsole console) {
        return new HubContext(FileHubKeys.SOURCE, console, Clock.systemUTC());
    }
}
