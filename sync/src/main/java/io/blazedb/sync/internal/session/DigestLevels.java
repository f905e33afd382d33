package io.blazedb.sync.internal.session;

/** The fingerprints of a table, wherever they are. */
@FunctionalInterface
public interface DigestLevels {
    /** The sum of a part of the table: level 0 is all of it, level 3 are the leaves. */
    Fingerprint at(int level, int index);
}
