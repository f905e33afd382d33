package org.h2.mvstore.tx;

/**
 * Is told of entries that come into maps, before they are there. Called by the thread that writes, within the operation
 * on the map: it may read other maps and must not write to any.
 */
public interface NewEntries {
    /** Whether {@link #comes} is to be called for a map; asked for each change, so it has to be quick. */
    boolean wants(int mapId);

    /**
     * A transaction puts an entry under a key that had none.
     *
     * @throws RuntimeException to have the statement fail
     */
    void comes(TransactionStore.RollbackListener owner, int mapId, Object key);
}
