package io.blazedb.sync.internal.merge;

import io.blazedb.sync.RowChange.Kind;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.RowAuthor.Authored;

/** Merge rules with a known fault, for tests of other packages that must find it. */
public final class MergeFaults {
    private MergeFaults() {}

    /** Servers have no priority any more. */
    public static RowMerge withoutFence() {
        return Rules.WITHOUT_FENCE.merge();
    }

    /** An update takes the causal length of the row, although the value it replaces may have a higher one. */
    public static Authored withoutMaxRule(Authored authored, RowState before, Stamp stamp) {
        return authored.change().kind() == Kind.UPDATE ? Rules.lowered(authored, before, stamp) : authored;
    }
}
