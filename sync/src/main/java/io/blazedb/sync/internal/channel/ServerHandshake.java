package io.blazedb.sync.internal.channel;

import io.blazedb.sync.internal.crypto.HandshakeException;
import io.blazedb.sync.internal.crypto.Messages;
import io.blazedb.sync.internal.crypto.Prologue;
import io.blazedb.sync.internal.crypto.Reply;
import io.blazedb.sync.internal.crypto.Responder;
import io.blazedb.sync.internal.crypto.Transport;
import io.blazedb.sync.internal.net.CloseReason;
import io.blazedb.sync.internal.net.Connection;
import io.blazedb.sync.internal.net.ConnectionListener;
import io.blazedb.sync.internal.net.NetLimit;
import io.blazedb.sync.internal.net.NetLimits;
import io.blazedb.sync.internal.net.Timer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A server's end of one handshake, and of the channel that comes of it.
 *
 * <p>Takes exactly two messages, one at a time, of a limited size and within a limited time; anything else ends the
 * connection. Whatever is wrong, the peer sees the same close and learns nothing. The network thread only counts: keys
 * and the authority are worked with on {@link HandshakeThreads}.
 */
final class ServerHandshake implements ConnectionListener {
    private final ServedDatabase database;
    private final Connection connection;
    private final NetLimits limits;
    private final HandshakeThreads threads;
    private final Clock wallClock;
    private final SecureRandom random;
    private final Consumer<String> refused;

    // What follows is guarded by this, but the responder, which goes from one worker to the next with the step.
    private Step step = Step.FIRST;
    private @Nullable Responder responder;
    private @Nullable SecureChannel channel;
    private Timer.@Nullable Cancellable deadline;
    private boolean stopping;
    private @Nullable Consumer<SecureChannel> end;

    private enum Step {
        /** Nothing came yet. */
        FIRST,
        /** A worker makes the second message. */
        ANSWERING,
        /** The third message is awaited. */
        THIRD,
        /** A worker decides who comes in. */
        FINISHING,
        /** The owner hears of the channel, and of nothing else meanwhile. */
        OPENING,
        /** The network thread hands everything to the channel. */
        OPEN,
        OVER
    }

    /** @param refused hears why, for the local log, unless there is a channel */
    ServerHandshake(
            ServedDatabase database,
            Connection connection,
            NetLimits limits,
            HandshakeThreads threads,
            Clock wallClock,
            SecureRandom random,
            Consumer<String> refused) {
        this.database = database;
        this.connection = connection;
        this.limits = limits;
        this.threads = threads;
        this.wallClock = wallClock;
        this.random = random;
        this.refused = refused;
    }

    /** To be called once, before anything is received. */
    synchronized void start() {
        int millis = limits.of(NetLimit.HANDSHAKE_MILLIS_MAX);
        deadline = threads.schedule(
                millis, () -> refuse(CloseReason.REFUSED, "no channel after " + millis + " ms (expected: sooner)"));
    }

    @Override
    public void received(byte[] message) {
        SecureChannel open;
        synchronized (this) {
            open = step == Step.OPEN ? channel : null;
        }
        if (open != null) {
            open.received(message);
        } else {
            handshakeMessage(message);
        }
    }

    private void handshakeMessage(byte[] message) {
        boolean first;
        Optional<String> fault;
        synchronized (this) {
            first = step == Step.FIRST;
            fault = fault(step, message.length);
            if (fault.isEmpty()) {
                step = first ? Step.ANSWERING : Step.FINISHING;
            }
        }
        if (fault.isPresent()) {
            if (!refuse(CloseReason.REFUSED, fault.get())) {
                connection.close(CloseReason.PROTOCOL); // There is a channel, of which the peer cannot know yet.
            }
        } else if (!threads.start(() -> work(message, first))) {
            refuse(
                    CloseReason.TRY_AGAIN,
                    "too many handshakes at once (allowed to wait: " + limits.of(NetLimit.HANDSHAKE_QUEUE_MAX) + ")");
        }
    }

    /** What is wrong with a message of this length at this step, before anything is done with it. */
    private static Optional<String> fault(Step step, int length) {
        if (step != Step.FIRST && step != Step.THIRD) {
            return Optional.of("a message at " + step + " (expected: two in all, each after the answer to the last)");
        }
        return length <= Messages.HANDSHAKE_BYTES_MAX
                ? Optional.empty()
                : Optional.of("handshake message of " + length + " bytes (expected: <= " + Messages.HANDSHAKE_BYTES_MAX
                        + ")");
    }

    private void work(byte[] message, boolean first) {
        try {
            if (first) {
                answer(message);
            } else {
                finish(message);
            }
        } catch (HandshakeException e) {
            refuse(CloseReason.REFUSED, text(e));
        } catch (RuntimeException | Error e) {
            if (!refuse(CloseReason.REFUSED, "this side failed: " + e) || e instanceof Error) {
                throw e; // Nobody else is left to hear of it.
            }
        }
    }

    private void answer(byte[] first) throws HandshakeException {
        Prologue prologue = Prologue.of(Transport.SECURE_WEB_SOCKET, database.teamTag(), connection.tlsBinding());
        Responder answering = new Responder(prologue, database.party(), random);
        byte[] second = answering.answer(first, wallClock.millis(), database.hubEpoch(), database.frameBytesMax());
        synchronized (this) {
            if (step != Step.ANSWERING) {
                return;
            }
            responder = answering;
            step = Step.THIRD;
        }
        var unused = connection.send(second);
    }

    private void finish(byte[] third) throws HandshakeException {
        Responder finishing;
        synchronized (this) {
            if (responder == null || step != Step.FINISHING) {
                return; // The time was up before a worker had time.
            }
            finishing = responder;
            responder = null; // Not kept for the life of the channel.
        }
        Reply reply = finishing.finish(third, database.authority(), wallClock.millis(), threads.nowMillis());
        if (reply instanceof Reply.Refused no) {
            var unused = refuse(CloseReason.REFUSED, text(no.reason()), Optional.of(no.message()));
            return;
        }
        open((Reply.Accepted) reply);
    }

    private void open(Reply.Accepted reply) {
        synchronized (this) {
            if (step != Step.FINISHING) {
                reply.session().close();
                return;
            }
            step = Step.OPENING;
            cancelDeadline();
        }
        connection.admit();
        SecureChannel opening = corked(reply);
        try {
            opening.opened();
            tellWhatCame(opening);
        } catch (RuntimeException | Error e) {
            if (isOver()) {
                throw e;
            }
            opening.fail(CloseReason.INTERNAL, "the layer above failed: " + e);
            tellWhatCame(opening);
            if (e instanceof Error) {
                throw e;
            }
        }
        opening.uncork();
    }

    private SecureChannel corked(Reply.Accepted reply) {
        try {
            return SecureChannel.corked(
                    connection,
                    reply.session(),
                    database.listener(),
                    threads,
                    limits.of(NetLimit.CLOSE_MILLIS_MAX),
                    reply.message());
        } catch (RuntimeException | Error e) {
            reply.session().close();
            synchronized (this) {
                step = Step.FINISHING; // There is no channel to tell of it: who caught this refuses the peer.
            }
            throw e;
        }
    }

    /** What the network thread had to say meanwhile; when there is nothing more, the channel is its own. */
    private void tellWhatCame(SecureChannel opening) {
        while (true) {
            Consumer<SecureChannel> next;
            synchronized (this) {
                if (stopping) {
                    stopping = false;
                    next = SecureChannel::stopping;
                } else if (end != null) {
                    next = end;
                    step = Step.OVER;
                    end = null;
                } else {
                    if (step == Step.OPENING) {
                        channel = opening;
                        step = Step.OPEN;
                    }
                    return;
                }
            }
            next.accept(opening);
        }
    }

    private synchronized boolean isOver() {
        return step == Step.OVER;
    }

    /** Ends the connection; false if it is ending already, or there is a channel. */
    private boolean refuse(CloseReason reason, String why) {
        return refuse(reason, why, Optional.empty());
    }

    /** With a last message, which is sent when the reason is settled: the peer may close at once. */
    private boolean refuse(CloseReason reason, String why, Optional<byte[]> farewell) {
        synchronized (this) {
            if (step == Step.OVER || step == Step.OPENING || step == Step.OPEN) {
                return false;
            }
            step = Step.OVER;
            cancelDeadline();
        }
        if (farewell.isPresent()) {
            var unused = connection.send(farewell.get());
        }
        connection.close(reason);
        refused.accept(why);
        return true;
    }

    private static String text(HandshakeException reason) {
        return reason.reason() + ": " + reason.getMessage();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
        }
    }

    @Override
    public void writable() {
        SecureChannel open;
        synchronized (this) {
            open = channel;
        }
        if (open != null) {
            open.writable();
        }
    }

    @Override
    public void stopping() {
        SecureChannel open;
        synchronized (this) {
            stopping = step == Step.OPENING;
            open = channel;
        }
        if (open != null) {
            open.stopping();
        } else {
            refuse(CloseReason.GOING_AWAY, "the server shuts down");
        }
    }

    @Override
    public void closed(CloseReason reason, String detail) {
        SecureChannel open;
        synchronized (this) {
            if (step == Step.OPENING) {
                end = ended -> ended.closed(reason, detail);
                return;
            }
            open = channel;
        }
        if (open != null) {
            open.closed(reason, detail);
            return;
        }
        refuse(reason, reason + ": " + detail);
    }
}
