/** The bytes of what nodes say to each other and keep. Every length is checked before anything is allocated. */
@NullMarked
package io.blazedb.sync.internal.wire;

import org.jspecify.annotations.NullMarked;
