/**
 * Messages between nodes over WebSocket: what the layers above see is {@link
 * io.blazedb.sync.internal.net.Connection}, free of the library underneath.
 *
 * <p>{@link io.blazedb.sync.internal.net.WebSocketServer} listens, {@link
 * io.blazedb.sync.internal.net.WebSocketClient} connects, {@link io.blazedb.sync.internal.net.Dialer} stays connected.
 * This layer knows nobody: who the peer is, is proved above it, bound to the certificate by {@link
 * io.blazedb.sync.internal.net.Connection#tlsBinding}.
 */
@NullMarked
package io.blazedb.sync.internal.net;

import org.jspecify.annotations.NullMarked;
