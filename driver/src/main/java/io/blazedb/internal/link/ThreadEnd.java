package io.blazedb.internal.link;

/** Waits for threads that were told to stop. Stateless. */
public final class ThreadEnd {
    private ThreadEnd() {}

    /** Returns when the thread has ended, at once in the thread itself; an interrupt is kept for later. */
    public static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
