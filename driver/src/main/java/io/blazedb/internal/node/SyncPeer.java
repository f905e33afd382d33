package io.blazedb.internal.node;

/** Another database of this process, held open. Closing lets it go; its links keep it open while they need it. */
public interface SyncPeer extends AutoCloseable {
    SyncActions actions();

    @Override
    void close();
}
