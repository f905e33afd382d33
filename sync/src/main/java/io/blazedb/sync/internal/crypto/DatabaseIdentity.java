package io.blazedb.sync.internal.crypto;

/**
 * Which database keys and signatures are for, so that nothing made for one fits another.
 *
 * @param id sixteen random bytes, known to members only
 * @param tag sixteen random bytes: the only name of the database that others see
 */
public record DatabaseIdentity(Bytes id, Bytes tag) {
    public static final int BYTES = 16;

    public DatabaseIdentity {
        id.requireLength(BYTES, "database id");
        tag.requireLength(BYTES, "database tag");
    }
}
