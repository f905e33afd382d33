/**
 * The hub: its data directory, its databases, tokens and keys, and how commands reach it while it runs. {@link
 * io.blazedb.internal.hub.Hub} is the running hub, {@link io.blazedb.internal.hub.HubAccess} what commands use.
 */
@NullMarked
package io.blazedb.internal.hub;

import org.jspecify.annotations.NullMarked;
