package io.blazedb.sync.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.HybridClock;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import io.blazedb.sync.VersionVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one side says and wants, message by message. The simulation tests what comes of it. */
class SessionTest {
    private static final OriginId OWN = new OriginId(1, 1);
    private static final OriginId PEER = new OriginId(2, 2);
    private static final OriginId THIRD = new OriginId(3, 3);
    private static final long NOW = 1_000_000;
    private static final SessionLimits LIMITS = new SessionLimits(4, 1_000, 2, 1_000, 2, 1_000, 60_000, 3);

    /** The n-th operation of every origin has the mark n, unless it says otherwise. */
    private final Marks marks = marks(0);

    private Session session = new Session(standing(0, 0, 0), LIMITS, marks);

    @BeforeEach
    void greet() {
        greeted(standing(5, 0, 0), new Head(OWN, 5, 5));
    }

    @Test
    void theGreetingIsRepeatedUntilItIsAnswered() {
        session = new Session(standing(0, 0, 0), LIMITS, marks);

        assertThat(sent(session.start(NOW))).singleElement().isInstanceOf(Message.Hello.class);
        assertThat(sent(session.tick(NOW, Fingerprint.UNKNOWN))).singleElement().isInstanceOf(Message.Hello.class);

        assertThat(sent(session.receive(hello(true), NOW))).singleElement().isInstanceOf(Message.Hello.class);
        assertThat(sent(session.tick(NOW, Fingerprint.UNKNOWN))).singleElement().isInstanceOf(Message.Digest.class);
    }

    @Test
    void nothingIsReadOrTakenBeforeTheGreeting() {
        session = new Session(standing(5, 0, 0), LIMITS, marks);

        assertThat(session.start(NOW)).noneMatch(Effect.Read.class::isInstance);
        assertThat(session.receive(batch(0, operation(PEER, 1)), NOW)).isEmpty();
    }

    @Test
    void whatThePeerLacksIsSentOnceItIsDurable() {
        VersionVector durable = VersionVector.EMPTY.with(OWN, 6);
        Standing now = new Standing(OWN, durable.with(OWN, 8), durable, Set.of());

        List<Effect> effects = session.advanced(now, NOW);

        assertThat(effects).singleElement().isInstanceOfSatisfying(Effect.Read.class, read -> {
            assertThat(read.known().seq(OWN)).isEqualTo(5);
            assertThat(read.upTo().seq(OWN)).isEqualTo(6);
        });
        assertThat(sent(session.loaded(List.of(operation(OWN, 6)), 77))).containsExactly(batch(5, operation(OWN, 6)));
    }

    @Test
    void noMoreIsOnItsWayThanTheWindowAdmits() {
        session.advanced(standing(20, 0, 0), NOW);
        assertThat(session.loaded(operations(OWN, 6, 7), 10)).anyMatch(Effect.Read.class::isInstance);
        assertThat(session.loaded(operations(OWN, 8, 9), 20)).noneMatch(Effect.Read.class::isInstance);

        assertThat(session.receive(new Message.Ack(VersionVector.EMPTY.with(OWN, 6)), NOW))
                .singleElement()
                .isInstanceOfSatisfying(Effect.Read.class, read -> {
                    assertThat(read.operationsMax()).isEqualTo(1);
                    assertThat(read.position()).isEqualTo(20);
                });
    }

    @Test
    void whatIsPulledIsSentAgainWhateverTheWindowSays() {
        session.advanced(standing(7, 0, 0), NOW);
        session.loaded(operations(OWN, 6, 7), 10);
        session.receive(new Message.Credit(0, 0), NOW);

        List<Effect> effects = session.receive(new Message.Pull(OWN, 6, 7), NOW);

        assertThat(effects).singleElement().isInstanceOfSatisfying(Effect.Read.class, read -> {
            assertThat(read.position()).isZero();
            assertThat(read.known().seq(OWN)).isEqualTo(5);
        });
    }

    @Test
    void aLogThatDoesNotReachBackIsReported() {
        session.advanced(standing(9, 0, 0), NOW);

        assertThat(session.loaded(operations(OWN, 8, 9), 10)).containsExactly(new Effect.NeedsCopy(OWN, 6));
    }

    @Test
    void anOperationIsAppliedOnceAndAcknowledgedAgain() {
        assertThat(session.receive(batch(0, operation(PEER, 1)), NOW)).containsExactly(apply(operations(PEER, 1, 1)));
        session.advanced(standing(5, 1, 0), NOW);

        assertThat(session.receive(batch(0, operation(PEER, 1)), NOW))
                .containsExactly(
                        new Effect.Send(new Message.Ack(standing(5, 1, 0).durable())));
    }

    @Test
    void onlyWhatIsDurableIsAcknowledged() {
        session.receive(batch(0, operation(PEER, 1)), NOW);
        VersionVector durable = VersionVector.EMPTY.with(OWN, 5);
        Standing applied = new Standing(OWN, durable.with(PEER, 1), durable, Set.of());

        assertThat(sent(session.advanced(applied, NOW))).isEmpty();
        assertThat(sent(session.advanced(standing(5, 1, 0), NOW)))
                .containsExactly(new Message.Ack(standing(5, 1, 0).durable()));
    }

    @Test
    void aGapIsPulledOnceATickAndThenClosed() {
        assertThat(session.receive(batch(2, operation(PEER, 3)), NOW))
                .containsExactly(new Effect.Send(new Message.Pull(PEER, 1, 2)));
        assertThat(session.receive(batch(3, operation(PEER, 4)), NOW)).isEmpty();
        assertThat(sent(session.tick(NOW, Fingerprint.UNKNOWN))).contains(new Message.Pull(PEER, 1, 2));

        assertThat(session.receive(new Message.Batch(0, operations(PEER, 1, 2)), NOW))
                .contains(apply(operations(PEER, 1, 4)));
    }

    @Test
    void anEffectWaitsForItsCauseFromWhomeverItComes() {
        Operation effect = operation(PEER, 1, new Dependency(THIRD, 1));

        assertThat(session.receive(batch(0, effect), NOW)).isEmpty();

        assertThat(session.advanced(standing(5, 0, 1), NOW)).contains(apply(List.of(effect)));
    }

    @Test
    void whatFollowsOnSomethingGivenUpWaitsUntilThatIsBackWhetherItNamesItOrNot() {
        VersionVector vector = standing(5, 1, 3).applied();
        Map<OriginId, VersionVector> missing = Map.of(PEER, VersionVector.EMPTY.with(THIRD, 4));
        session.advanced(new Standing(OWN, vector, vector, Set.of(), missing), NOW);

        assertThat(session.receive(batch(1, operation(PEER, 2)), NOW)).isEmpty();

        assertThat(session.receive(batch(3, operation(THIRD, 4)), NOW))
                .containsExactly(apply(List.of(operation(THIRD, 4), operation(PEER, 2))));
    }

    @Test
    void theWindowClosesWhenTooMuchWaitsAndNothingIsDropped() {
        Operation effect = operation(PEER, 1, new Dependency(THIRD, 1));
        session.receive(batch(0, effect), NOW);
        session.receive(batch(1, operation(PEER, 2)), NOW);

        assertThat(sent(session.receive(batch(2, operation(PEER, 3)), NOW))).containsExactly(new Message.Credit(0, 0));

        List<Effect> effects = session.advanced(standing(5, 0, 1), NOW);
        assertThat(effects)
                .anyMatch(each ->
                        each instanceof Effect.Apply apply && apply.arrivals().size() == 3);
        assertThat(sent(effects)).contains(new Message.Credit(4, 1_000));
    }

    @Test
    void anOperationFromTheFutureWaitsForItsTime() {
        Operation early = new Operation(
                new ChangeSet(
                        PEER, 1, HybridClock.ofMillis(NOW + 60_001), Role.CLIENT, List.of(), List.of(), List.of()),
                100);

        assertThat(session.receive(batch(0, early), NOW)).isEmpty();
        assertThat(session.tick(NOW, Fingerprint.UNKNOWN)).noneMatch(Effect.Apply.class::isInstance);

        assertThat(session.tick(NOW + 1, Fingerprint.UNKNOWN)).contains(apply(List.of(early)));
    }

    @Test
    void anotherHistoryOfAThirdOriginIsFrozenOnBothSides() {
        greeted(standing(5, 0, 4), new Head(THIRD, 3, 99));

        assertThat(session.receive(new Message.Heads(List.of(new Head(THIRD, 4, 4))), NOW))
                .isEmpty();
        List<Effect> effects = session.receive(new Message.Heads(List.of(new Head(THIRD, 3, 99))), NOW);

        assertThat(effects)
                .containsExactly(
                        new Effect.Freeze(THIRD, 3),
                        new Effect.Send(new Message.Heads(List.of(new Head(THIRD, 3, 3)))));
    }

    @Test
    void anotherHistoryIsFrozenAtOnceButNotNamedBeforeItIsDurable() {
        VersionVector durable = standing(5, 0, 3).durable();
        session.advanced(new Standing(OWN, durable.with(THIRD, 4), durable, Set.of()), NOW);

        assertThat(session.receive(new Message.Heads(List.of(new Head(THIRD, 4, 99))), NOW))
                .containsExactly(new Effect.Freeze(THIRD, 4));

        Standing frozen = new Standing(OWN, durable.with(THIRD, 4), durable, Set.of(THIRD));
        assertThat(sent(session.advanced(frozen, NOW)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Message.Hello.class, hello -> assertThat(hello.frozen()).containsExactly(THIRD));
    }

    @Test
    void anOperationThatFollowsOnAnotherHistoryIsFrozenAndNotApplied() {
        assertThat(session.receive(batch(0, operation(THIRD, 1)), NOW)).containsExactly(apply(operations(THIRD, 1, 1)));
        session.advanced(standing(5, 0, 1), NOW);

        assertThat(session.receive(batch(88, operation(THIRD, 2)), NOW)).containsExactly(new Effect.Freeze(THIRD, 1));
    }

    @Test
    void whatWasAdmittedNeverContinuesAnotherHistoryThatCameMeanwhile() {
        Marks other = marks(88);
        List<Arrival> admitted = new ArrayList<>();
        session.receive(new Message.Batch(0, operations(THIRD, 1, 2)), NOW).forEach(effect -> {
            admitted.addAll(((Effect.Apply) effect).arrivals());
        });

        VersionVector before = standing(5, 0, 0).applied();
        VersionVector meanwhile = standing(5, 0, 1).applied();
        assertThat(admitted).hasSize(2);
        assertThat(admitted.get(0).continues(before, marks)).isTrue();
        assertThat(admitted.get(0).continues(meanwhile, marks)).isTrue();
        assertThat(admitted.get(1).continues(meanwhile, marks)).isTrue();
        assertThat(admitted.get(0).continues(meanwhile, other)).isFalse();
        assertThat(admitted.get(1).continues(meanwhile, other)).isFalse();
    }

    @Test
    void equalNumbersOfTwoHistoriesAreADifference() {
        Standing same = standing(5, 0, 1);
        Session other = new Session(same, LIMITS, marks(88));
        other.receive(hello(false), NOW);
        Message digest = sent(other.tick(NOW, Fingerprint.UNKNOWN)).get(0);
        greeted(same, new Head(OWN, 5, 5));

        assertThat(session.receive(digest, NOW)).isEmpty();
        session.tick(NOW, Fingerprint.UNKNOWN);
        assertThat(session.receive(digest, NOW))
                .containsExactly(
                        new Effect.Send(new Message.Heads(List.of(new Head(OWN, 5, 5), new Head(THIRD, 1, 1)))));
    }

    @Test
    void aFrozenOriginIsNeitherTakenNorGiven() {
        VersionVector vector = VersionVector.EMPTY.with(OWN, 5).with(THIRD, 4);
        session.advanced(new Standing(OWN, vector, vector, Set.of(THIRD)), NOW);

        assertThat(session.receive(batch(4, operation(THIRD, 5)), NOW)).isEmpty();
        assertThat(session.advanced(
                        new Standing(OWN, vector.with(THIRD, 9), vector.with(THIRD, 9), Set.of(THIRD)), NOW))
                .noneMatch(Effect.Read.class::isInstance);
    }

    @Test
    void aNodeThatWasPutBackLearnsFromWhereItDiffers() {
        session = new Session(standing(9, 0, 0), LIMITS, marks);
        session.start(NOW);
        List<Effect> effects = session.receive(hello(false, new Head(OWN, 12, 99)), NOW);
        List<Long> asked = new ArrayList<>();
        while (!session.isClosed()) {
            assertThat(effects).noneMatch(Effect.Read.class::isInstance);
            Message.Ask ask = (Message.Ask) sent(effects).get(sent(effects).size() - 1);
            asked.add(ask.seq());
            long mark = ask.seq() <= 6 ? ask.seq() : 99;
            effects = session.receive(new Message.Heads(List.of(new Head(OWN, ask.seq(), mark))), NOW);
        }

        assertThat(effects).startsWith(new Effect.Regressed(OWN, 6));
        assertThat(asked).hasSizeLessThanOrEqualTo(5).startsWith(9L);
    }

    @Test
    void whatThePeerMayNotShowCountsAsApplied() {
        assertThat(session.receive(new Message.Skip(PEER, 1, 3), NOW)).containsExactly(new Effect.Skip(PEER, 1, 3));
        assertThat(session.receive(new Message.Skip(PEER, 2, 3), NOW)).isEmpty();
        assertThat(session.receive(new Message.Skip(PEER, 6, 7), NOW))
                .containsExactly(new Effect.Send(new Message.Pull(PEER, 4, 7)));
    }

    @Test
    void anIdleDifferenceIsSaidInFullAfterTwoTicks() {
        Message.Digest other = new Message.Digest(12345, Fingerprint.UNKNOWN, 0);

        assertThat(session.receive(other, NOW)).isEmpty();
        session.tick(NOW, Fingerprint.UNKNOWN);
        assertThat(session.receive(other, NOW))
                .containsExactly(new Effect.Send(new Message.Heads(List.of(new Head(OWN, 5, 5)))));
    }

    @Test
    void differentRowsAfterTheSameOperationsAreReported() {
        Fingerprint mine = new Fingerprint(1, 1);
        Message.Digest digest = (Message.Digest) sent(session.tick(NOW, mine)).get(0);

        assertThat(session.receive(digest, NOW)).isEmpty();
        assertThat(session.receive(new Message.Digest(digest.vector(), new Fingerprint(1, 2), 0), NOW))
                .containsExactly(new Effect.CompareRows());
    }

    @Test
    void aSilentPeerEndsTheSession() {
        for (int tick = 0; tick < LIMITS.silentTicksMax(); tick++) {
            assertThat(session.tick(NOW, Fingerprint.UNKNOWN)).noneMatch(Effect.Close.class::isInstance);
        }

        assertThat(session.tick(NOW, Fingerprint.UNKNOWN)).anyMatch(Effect.Close.class::isInstance);
        assertThat(session.isClosed()).isTrue();
        assertThat(session.receive(batch(0, operation(PEER, 1)), NOW)).isEmpty();
    }

    @Test
    void aPingIsAnswered() {
        assertThat(session.receive(new Message.Ping(true), NOW))
                .containsExactly(new Effect.Send(new Message.Ping(false)));
        assertThat(session.receive(new Message.Ping(false), NOW)).isEmpty();
    }

    private static Marks marks(long more) {
        return new Marks() {
            @Override
            public long of(OriginId origin, long seq) {
                return seq == 0 ? START : seq + more;
            }

            @Override
            public long after(long previous, ChangeSet operation) {
                return previous + 1;
            }
        };
    }

    private Effect.Apply apply(List<Operation> operations) {
        return new Effect.Apply(operations.stream()
                .map(each -> {
                    long seq = each.changeSet().seq();
                    return new Arrival(each, marks.of(each.changeSet().origin(), seq - 1), seq);
                })
                .toList());
    }

    private void greeted(Standing standing, Head... heads) {
        session = new Session(standing, LIMITS, marks);
        session.start(NOW);
        session.receive(hello(false, heads), NOW);
    }

    private static Message.Hello hello(boolean asking, Head... heads) {
        return new Message.Hello(asking, PEER, NOW, Arrays.asList(heads), List.of(), 4, 1_000);
    }

    private static Standing standing(long own, long peer, long third) {
        VersionVector vector = VersionVector.EMPTY;
        vector = own == 0 ? vector : vector.with(OWN, own);
        vector = peer == 0 ? vector : vector.with(PEER, peer);
        vector = third == 0 ? vector : vector.with(THIRD, third);
        return new Standing(OWN, vector, vector, Set.of());
    }

    private static Message.Batch batch(long previousMark, Operation operation) {
        return new Message.Batch(previousMark, List.of(operation));
    }

    private static List<Operation> operations(OriginId origin, long from, long to) {
        List<Operation> operations = new ArrayList<>();
        for (long seq = from; seq <= to; seq++) {
            operations.add(operation(origin, seq));
        }
        return operations;
    }

    private static Operation operation(OriginId origin, long seq, Dependency... dependencies) {
        return new Operation(
                new ChangeSet(origin, seq, seq, Role.CLIENT, Arrays.asList(dependencies), List.of(), List.of()), 100);
    }

    private static List<Message> sent(List<Effect> effects) {
        List<Message> messages = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                messages.add(send.message());
            }
        }
        return messages;
    }
}
