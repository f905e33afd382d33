/**
 * Keys, handshake, sealing: everything that is secret or signed. Bytes in, bytes out: no socket, and no clock.
 *
 * <p>AES, HMAC and SHA-256 are the JDK's, which are much faster; HPKE, Ed25519 and Argon2id are Bouncy Castle's
 * lightweight classes. Randomness is handed in by the caller.
 */
@NullMarked
package io.blazedb.sync.internal.crypto;

import org.jspecify.annotations.NullMarked;
