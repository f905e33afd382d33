/** Encryption at rest: whether the files of a database are encrypted, and with which keys. */
@NullMarked
package io.blazedb.internal.crypt;

import org.jspecify.annotations.NullMarked;
