package io.blazedb.sync.internal.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that wait for many connections at once. */
final class NetThreads {
    private NetThreads() {}

    /** Daemons named {@code name-1}, {@code name-2}; each starts with its first connection. */
    static EventLoopGroup start(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        return new MultiThreadIoEventLoopGroup(
                threads,
                task -> {
                    Thread thread = new FastThreadLocalThread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                },
                NioIoHandler.newFactory());
    }

    /** Ends them, whatever they do, within the time. Their connections are closed with them. */
    static void stop(EventLoopGroup threads, long millisMax) {
        var unused =
                threads.shutdownGracefully(0, millisMax, TimeUnit.MILLISECONDS).awaitUninterruptibly(millisMax);
    }
}
