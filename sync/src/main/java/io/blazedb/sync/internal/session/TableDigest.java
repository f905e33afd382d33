package io.blazedb.sync.internal.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What the rows of a table are, as a tree of fingerprints: 4096 leaves by the hash of the row key, sixteen children to
 * a parent, each the sum of its children. Two of them are compared from the root down, so nodes that agree exchange one
 * fingerprint, and nodes that differ in one row exchange forty-nine. For one thread.
 */
public final class TableDigest implements DigestLevels {
    /** Root, 16, 256, 4096. */
    public static final int LEVELS = 4;

    public static final int FAN_OUT = 16;
    public static final int LEAVES = 4096;

    private final Fingerprint[][] sums = new Fingerprint[LEVELS][];

    public TableDigest() {
        for (int level = 0, size = 1; level < LEVELS; level++, size *= FAN_OUT) {
            sums[level] = new Fingerprint[size];
            Arrays.fill(sums[level], Fingerprint.ZERO);
        }
    }

    /** The leaf that a row belongs to. */
    public static int leafOf(byte[] rowKey) {
        CRC32 hash = new CRC32();
        hash.update(rowKey, 0, rowKey.length);
        return (int) (hash.getValue() % LEAVES);
    }

    public void add(byte[] rowKey, Fingerprint row) {
        int index = leafOf(rowKey);
        for (int level = LEVELS - 1; level >= 0; level--) {
            sums[level][index] = sums[level][index].plus(row);
            index /= FAN_OUT;
        }
    }

    @Override
    public Fingerprint at(int level, int index) {
        return sums[level][index];
    }

    /** The leaves in which two tables differ. Only children of what differs are asked for. */
    public static BitSet differing(DigestLevels ours, DigestLevels theirs) {
        List<Integer> different = ours.at(0, 0).equals(theirs.at(0, 0)) ? List.of() : List.of(0);
        for (int level = 1; level < LEVELS; level++) {
            List<Integer> children = new ArrayList<>();
            for (int parent : different) {
                for (int child = parent * FAN_OUT; child < (parent + 1) * FAN_OUT; child++) {
                    if (!ours.at(level, child).equals(theirs.at(level, child))) {
                        children.add(child);
                    }
                }
            }
            different = children;
        }
        BitSet leaves = new BitSet(LEAVES);
        different.forEach(leaves::set);
        return leaves;
    }
}
