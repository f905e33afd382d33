/** Encryption at rest: {@code ENCRYPT=TRUE} and {@code encryptionPassword}. */
package io.blazedb.tck.encryption;
