/** Published and generated vectors, and attacks on the handshake and its records. */
@NullMarked
package io.blazedb.sync.internal.crypto;

import org.jspecify.annotations.NullMarked;
