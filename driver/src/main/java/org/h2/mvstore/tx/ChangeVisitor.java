package org.h2.mvstore.tx;

import org.h2.mvstore.MVMap;

/** Sees what a transaction changed, map by map. */
public interface ChangeVisitor {
    /** Answers whether the changes of this map are to be shown; those that follow are this map's. */
    boolean wants(MVMap<?, ?> map);

    /**
     * One entry of the map last asked for.
     *
     * @param key the row key
     * @param before the value before the transaction, null when there was none
     * @param after the value the transaction leaves, null when there is none
     */
    void changed(long key, Object before, Object after);
}
