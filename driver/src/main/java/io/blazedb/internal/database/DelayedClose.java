package io.blazedb.internal.database;

import org.jspecify.annotations.Nullable;

/**
 * Closes a database some time after its last connection, unless another one comes. Under the lock of {@link Databases}.
 */
final class DelayedClose {
    private @Nullable Thread waiting;

    void start(int seconds, Runnable close) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(seconds * 1000L);
                        close.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "blazedb-close-delay");
        thread.setDaemon(true);
        waiting = thread;
        thread.start();
    }

    void cancel() {
        Thread thread = waiting;
        if (thread != null) {
            thread.interrupt();
            waiting = null;
        }
    }
}
