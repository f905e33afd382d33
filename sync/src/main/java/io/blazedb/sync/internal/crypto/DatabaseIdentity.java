package io.blazedb.sync.internal.crypto;

/**
 * Which database keys and signatures are for, so that nothing made for one fits another.
 *
 * @param id sixteen random bytes, which the genesis of the membership log names
 * @param tag sixteen random bytes: the name of the database in handshakes and envelopes
 */
public record DatabaseIdentity(Bytes id, Bytes tag) {
    public static final int BYTES = 16;

    public DatabaseIdentity {
        id.requireLength(BYTES, "database id");
        tag.requireLength(BYTES, "database tag");
    }
}
