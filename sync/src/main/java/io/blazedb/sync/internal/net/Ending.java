package io.blazedb.sync.internal.net;

/** Why a connection ended, and what the local log may know of it. */
record Ending(CloseReason reason, String detail) {}
