/**
 * The secure channel: the handshake BLZ1 and sealed records over a {@link io.blazedb.sync.internal.net.Connection}.
 * What the layers above see is {@link io.blazedb.sync.internal.channel.SecureChannel}: frames to and from a peer that
 * has proved who it is.
 *
 * <p>{@link io.blazedb.sync.internal.channel.ChannelServer} answers handshakes, {@link
 * io.blazedb.sync.internal.channel.ChannelClient} stays connected to a hub.
 */
@NullMarked
package io.blazedb.sync.internal.channel;

import org.jspecify.annotations.NullMarked;
