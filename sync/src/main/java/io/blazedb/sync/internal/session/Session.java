package io.blazedb.sync.internal.session;

import io.blazedb.sync.OriginId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection to one peer, from the greeting to the end: what to send, what to apply, what to read from the log.
 *
 * <p>Given that the node does what is asked, in order: every operation of either side is applied on the other exactly
 * once and after everything that it follows on, whatever is lost, repeated or reordered on the way; nothing leaves a
 * node before it is durable there, and nothing is acknowledged before it is durable here. After an end, a new session
 * goes on where this one stopped: the greeting names what each side has.
 *
 * <p>Decides only; whoever calls brings time and messages and does what is returned. The time is that of the machine,
 * without {@link Effect.ClampClock}: two nodes that told each other times which peers had held back would hold each
 * other back for ever. Used by one thread at a time.
 */
public final class Session {
    private enum Phase {
        /** Until the peer's HELLO comes. */
        GREETING,
        /** The peer has more of this node's origin than this node: since when? */
        SEARCHING,
        RUNNING,
        CLOSED
    }

    private final SessionLimits limits;
    private final Marks marks;
    private final Admission admission;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Rounds rounds = new Rounds();
    private List<Effect> effects = new ArrayList<>();
    private Phase phase = Phase.GREETING;
    private Standing standing;
    private OriginId peerOrigin = OriginId.NONE;
    private Optional<CommonPoint> search = Optional.empty();
    private boolean windowClosed;
    private boolean creditChanged;

    public Session(Standing standing, SessionLimits limits, Marks marks) {
        this(standing, limits, marks, Admission.STANDARD);
    }

    Session(Standing standing, SessionLimits limits, Marks marks, Admission admission) {
        this.standing = standing;
        this.limits = limits;
        this.marks = marks;
        this.admission = admission;
        this.inbox = new Inbox(standing, limits, marks, admission);
        this.outbox = new Outbox(limits, marks);
    }

    public boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** The connection is there. */
    public List<Effect> start(long wallMillis) {
        send(hello(true, wallMillis));
        return taken();
    }

    /** The node has committed, applied, or made durable. */
    public List<Effect> advanced(Standing now, long wallMillis) {
        boolean foreign = hasForeignNews(now);
        boolean frozen = !standing.frozen().containsAll(now.frozen());
        standing = now;
        inbox.advance(now);
        if (phase == Phase.RUNNING) {
            if (frozen) {
                send(hello(false, wallMillis));
            }
            if (foreign) {
                send(new Message.Ack(admission.acknowledged(standing)));
            }
            admit(wallMillis);
            readOn();
        }
        return taken();
    }

    private boolean hasForeignNews(Standing now) {
        for (var entry : admission.acknowledged(now).since(admission.acknowledged(standing))) {
            if (!entry.origin().equals(now.own())) {
                return true;
            }
        }
        return false;
    }

    /**
     * What {@link Effect.Read} asked for.
     *
     * @param end where the reading ended
     */
    public List<Effect> loaded(List<Operation> operations, long end) {
        if (phase == Phase.RUNNING) {
            List<Effect> batches = outbox.batches(operations, end, standing.frozen());
            effects.addAll(batches);
            if (!operations.isEmpty()) {
                rounds.active();
            } else {
                effects.addAll(outbox.nothingRead(admission.sendable(standing), standing.frozen()));
            }
            if (effects.stream().noneMatch(Effect.NeedsCopy.class::isInstance)) {
                readOn();
            }
        }
        return taken();
    }

    /** Comes every few seconds; repeats what may have been lost. */
    public List<Effect> tick(long wallMillis, Fingerprint rows) {
        switch (phase) {
            case GREETING -> send(hello(true, wallMillis));
            case SEARCHING -> search.ifPresent(point -> send(point.question()));
            case RUNNING -> {
                inbox.tick();
                admit(wallMillis);
                send(rounds.digest(standing, marks, rows, inbox.parked()));
                if (creditChanged) {
                    sendCredit();
                }
            }
            case CLOSED -> {}
        }
        if (phase != Phase.CLOSED && rounds.tick() > limits.silentTicksMax()) {
            close("nothing came from the peer for " + limits.silentTicksMax() + " ticks");
        }
        return taken();
    }

    /** A message of the peer. */
    public List<Effect> receive(Message message, long wallMillis) {
        rounds.heard();
        if (message instanceof Message.Hello hello) {
            greeted(hello, wallMillis);
        } else if (message instanceof Message.GoAway || message instanceof Message.Failed) {
            close("the peer ended the session: " + message);
        } else if (phase == Phase.SEARCHING) {
            searched(message);
        } else if (phase == Phase.RUNNING) {
            received(message, wallMillis);
        }
        return taken();
    }

    private void received(Message message, long wallMillis) {
        if (message instanceof Message.Batch batch) {
            rounds.active();
            inbox.offer(batch);
            admit(wallMillis);
        } else if (message instanceof Message.Ack ack) {
            ack.durable().entries().forEach(entry -> outbox.acknowledged(entry.origin(), entry.seq()));
            readOn();
        } else if (message instanceof Message.Heads heads) {
            compare(heads.heads());
            pullWhatIsAhead(heads.heads());
            readOn();
        } else if (message instanceof Message.Pull pull) {
            outbox.rewind(pull.origin(), pull.from(), pull.to());
            readOn();
        } else if (message instanceof Message.Credit credit) {
            outbox.window(credit.operations(), credit.bytes());
            readOn();
        } else if (message instanceof Message.Digest digest) {
            digested(digest);
        } else if (message instanceof Message.Skip skip) {
            skipped(skip);
        } else if (message instanceof Message.Ask ask) {
            answer(ask);
        } else if (message instanceof Message.Ping ping && ping.asking()) {
            send(new Message.Ping(false));
        } else if (message instanceof Message.Rows rows) {
            effects.add(new Effect.Join(rows));
        }
    }

    private Message.Hello hello(boolean asking, long wallMillis) {
        return new Message.Hello(
                asking,
                standing.own(),
                wallMillis,
                standing.heads(marks),
                standing.frozen().stream().sorted().toList(),
                limits.windowOperations(),
                limits.windowBytes());
    }

    private void greeted(Message.Hello hello, long wallMillis) {
        if (phase == Phase.CLOSED) {
            return;
        }
        if (hello.asking()) {
            send(hello(false, wallMillis));
        }
        for (OriginId origin : hello.frozen()) {
            if (!standing.frozen().contains(origin)) {
                effects.add(new Effect.Freeze(origin, standing.applied().seq(origin)));
            }
        }
        if (phase == Phase.GREETING) {
            phase = Phase.RUNNING;
            peerOrigin = hello.own();
            outbox.window(hello.windowOperations(), hello.windowBytes());
            effects.add(new Effect.ClampClock(hello.wallMillis() + limits.driftMillisMax()));
            compare(hello.heads());
            readOn();
        }
    }

    /** The peer has these; what it has of one origin is either the same, more, less, or something else (2.8). */
    private void compare(List<Head> heads) {
        for (Head head : heads) {
            OriginId origin = head.origin();
            long ours = standing.applied().seq(origin);
            boolean same = head.seq() > ours || marks.of(origin, head.seq()) == head.mark();
            if (origin.equals(standing.own())) {
                if (!same || head.seq() > ours) {
                    regressed(Math.min(ours, head.seq()));
                    return;
                }
            } else if (!same && !origin.equals(peerOrigin) && !standing.frozen().contains(origin)) {
                freeze(origin, head.seq());
            }
            if (same) {
                outbox.acknowledged(origin, head.seq());
            }
        }
    }

    private void pullWhatIsAhead(List<Head> heads) {
        for (Head head : heads) {
            if (phase == Phase.RUNNING && !head.origin().equals(standing.own())) {
                inbox.pull(head.origin(), head.seq()).ifPresent(this::send);
            }
        }
    }

    /** Shows the peer what is here, unless that is not durable yet: the greeting that follows says it is frozen. */
    private void freeze(OriginId origin, long seq) {
        effects.add(new Effect.Freeze(origin, seq));
        if (standing.durable().covers(origin, seq)) {
            send(new Message.Heads(List.of(new Head(origin, seq, marks.of(origin, seq)))));
        }
    }

    private void regressed(long last) {
        phase = Phase.SEARCHING;
        CommonPoint point = new CommonPoint(standing.own(), last, marks);
        search = Optional.of(point);
        ask(point);
    }

    private void ask(CommonPoint point) {
        if (point.isFound()) {
            effects.add(new Effect.Regressed(point.origin(), point.common()));
            close("the peer has operations of this node that are not here");
        } else {
            send(point.question());
        }
    }

    private void searched(Message message) {
        if (message instanceof Message.Ask ask) {
            answer(ask);
        } else if (message instanceof Message.Heads heads) {
            search.ifPresent(point -> {
                heads.heads().forEach(point::answer);
                ask(point);
            });
        }
    }

    private void answer(Message.Ask ask) {
        if (standing.durable().covers(ask.origin(), ask.seq())) {
            send(new Message.Heads(List.of(new Head(ask.origin(), ask.seq(), marks.of(ask.origin(), ask.seq())))));
        }
    }

    private void digested(Message.Digest digest) {
        boolean equal = digest.vector() == standing.durableHash(marks);
        if (equal) {
            for (var entry : standing.durable().entries()) {
                outbox.acknowledged(entry.origin(), entry.seq());
            }
            if (inbox.parked() == 0 && rounds.rowsDiffer(digest)) {
                effects.add(new Effect.CompareRows());
            }
        } else if (rounds.idleWithDifference()) {
            send(new Message.Heads(standing.heads(marks)));
        }
    }

    private void skipped(Message.Skip skip) {
        long known = inbox.handedTo(skip.origin());
        if (!inbox.skip(skip)) {
            inbox.pull(skip.origin(), skip.to()).ifPresent(this::send);
        } else if (skip.to() > known) {
            effects.add(new Effect.Skip(skip.origin(), known + 1, skip.to()));
        }
    }

    /** Hands on what has everything that it follows on, and asks for what is missing. */
    private void admit(long wallMillis) {
        List<Arrival> ready = inbox.release(wallMillis);
        if (!ready.isEmpty()) {
            effects.add(new Effect.Apply(ready));
        }
        inbox.takeForked()
                .forEach(origin ->
                        effects.add(new Effect.Freeze(origin, standing.applied().seq(origin))));
        inbox.pulls().forEach(this::send);
        if (inbox.takeRepeated()) {
            send(new Message.Ack(admission.acknowledged(standing)));
        }
        if (inbox.isFull() != windowClosed) {
            windowClosed = inbox.isFull();
            creditChanged = true;
            sendCredit();
        }
    }

    private void sendCredit() {
        send(
                windowClosed
                        ? new Message.Credit(0, 0)
                        : new Message.Credit(limits.windowOperations(), limits.windowBytes()));
    }

    private void readOn() {
        if (phase == Phase.RUNNING) {
            outbox.next(admission.sendable(standing), standing.frozen()).ifPresent(effects::add);
        }
    }

    private void close(String reason) {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            effects.add(new Effect.Close(reason));
        }
    }

    private void send(Message message) {
        effects.add(new Effect.Send(message));
    }

    private List<Effect> taken() {
        List<Effect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
