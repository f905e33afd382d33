package io.blazedb.internal.listen;

import io.blazedb.ChangeListener;
import io.blazedb.SyncListener;

/** The listeners of one connection. Safe for use by several threads. */
public final class Subscriptions {
    private final Listeners listeners;

    Subscriptions(Listeners listeners) {
        this.listeners = listeners;
    }

    public void addSync(SyncListener listener) {
        listeners.add(Registration.ofPeers(this, listener));
    }

    public void addChange(ChangeListener listener) {
        listeners.add(Registration.ofThis(this, listener));
    }

    public void removeSync(SyncListener listener) {
        listeners.remove(Registration.ofPeers(this, listener)::isSame);
    }

    public void removeChange(ChangeListener listener) {
        listeners.remove(Registration.ofThis(this, listener)::isSame);
    }

    /** The connection closes. */
    public void end() {
        listeners.remove(registration -> registration.isOf(this));
    }
}
