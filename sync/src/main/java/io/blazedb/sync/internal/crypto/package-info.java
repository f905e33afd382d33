/**
 * Keys, handshake, records and envelopes: what keeps a network and a hub from reading and from forging. Pure: bytes in,
 * bytes out; randomness and time are passed in.
 */
@NullMarked
package io.blazedb.sync.internal.crypto;

import org.jspecify.annotations.NullMarked;
