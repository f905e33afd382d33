package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.blazedb.sync.NodeId;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Role;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MembershipTest {
    private Team team;

    @BeforeEach
    void begin() throws Exception {
        team = new Team(1);
    }

    @Test
    void founderIsTheFirstAdmin() {
        Member founder = team.state().member(team.founder.nodeId()).orElseThrow();

        assertThat(founder.rights().admin()).isTrue();
        assertThat(team.state().mode()).isEqualTo(DatabaseMode.BLIND);
        assertThat(team.state().isActive(team.founder.nodeId(), team.now)).isTrue();
    }

    @Test
    void genesisByAnotherIsRefused() {
        NodeKeys thief = NodeKeys.generate(team.random);
        MembershipChange.Genesis genesis = new MembershipChange.Genesis(
                team.database, DatabaseMode.BLIND, team.founder.card("founder", 0), Role.CLIENT);

        assertRefused(Refusal.FORGED, () -> Membership.begin(MembershipRecord.genesis(genesis, thief, 0)));
        assertRefused(Refusal.GENESIS, () -> team.say(genesis));
    }

    @Test
    void modeIsForLife() {
        MembershipChange.Genesis smart = new MembershipChange.Genesis(
                team.database, DatabaseMode.SMART, team.founder.card("founder", 0), Role.SERVER);

        assertRefused(Refusal.GENESIS, () -> team.say(smart));
        assertThat(team.state().mode()).isEqualTo(DatabaseMode.BLIND);
    }

    @Test
    void memberWhoIsNoAdminChangesNothing() throws Exception {
        NodeKeys member = team.join("member");

        assertRefused(Refusal.NOT_ADMIN, () -> team.state().accept(by(member, new MembershipChange.Hubs(List.of()))));
    }

    @Test
    void strangerChangesNothing() {
        NodeKeys stranger = NodeKeys.generate(team.random);

        assertRefused(
                Refusal.UNKNOWN_SIGNER, () -> team.state().accept(by(stranger, new MembershipChange.Hubs(List.of()))));
    }

    @Test
    void recordInTheNameOfTheAdminIsRefused() throws Exception {
        NodeKeys member = team.join("member");
        MembershipRecord record = by(member, new MembershipChange.ChangeRights(member.nodeId(), Team.admin()));
        MembershipRecord forged = new MembershipRecord(
                record.index(),
                record.previous(),
                team.founder.nodeId(),
                record.atMillis(),
                record.change(),
                record.signature());

        assertRefused(Refusal.FORGED, () -> team.state().accept(forged));
    }

    @Test
    void removedAdminsLaterRecordsAreRefused() throws Exception {
        NodeKeys second = team.join("second");
        team.say(new MembershipChange.ChangeRights(second.nodeId(), Team.admin()));
        MembershipRecord before = by(second, new MembershipChange.Hubs(List.of()));
        assertThat(team.state().accept(before).index()).isEqualTo(3);

        team.say(new MembershipChange.Remove(second.nodeId(), List.of(), List.of()));

        assertRefused(Refusal.NOT_HEAD, () -> team.state().accept(before));
        assertRefused(Refusal.NOT_ADMIN, () -> team.state().accept(by(second, new MembershipChange.Hubs(List.of()))));
    }

    @Test
    void rightsThatEndedAllowNothing() throws Exception {
        NodeKeys second = NodeKeys.generate(team.random);
        Rights ending = new Rights(Role.CLIENT, true, team.now + 10_000);
        team.say(new MembershipChange.Add(second.card("second", 0), ending));

        assertThat(team.state().isActive(second.nodeId(), team.now)).isTrue();
        assertThat(team.state().isActive(second.nodeId(), team.now + 20_000)).isFalse();
        team.now += 20_000;
        assertRefused(Refusal.NOT_ADMIN, () -> team.state().accept(by(second, new MembershipChange.Hubs(List.of()))));
    }

    @Test
    void lastAdminStays() throws Exception {
        NodeId founder = team.founder.nodeId();
        assertRefused(Refusal.LAST_ADMIN, () -> team.say(new MembershipChange.Remove(founder, List.of(), List.of())));
        assertRefused(Refusal.LAST_ADMIN, () -> team.say(new MembershipChange.ChangeRights(founder, Team.client())));
        assertRefused(Refusal.LAST_ADMIN, () -> team.say(new MembershipChange.Lapse(founder, List.of())));

        NodeKeys second = NodeKeys.generate(team.random);
        team.say(new MembershipChange.Add(second.card("second", 0), Team.admin()));
        team.say(new MembershipChange.Remove(founder, List.of(), List.of()));

        assertThat(team.state().isActive(founder, team.now)).isFalse();
    }

    @Test
    void forkGapAndRepeatAreToldApart() throws Exception {
        MembershipRecord first = by(team.founder, new MembershipChange.Hubs(List.of()));
        MembershipRecord other = by(team.founder, new MembershipChange.Hubs(List.of(team.bytes(32))));
        Membership elsewhere = team.state().accept(other);
        MembershipRecord onOther =
                MembershipRecord.next(elsewhere, new MembershipChange.Hubs(List.of()), team.founder, team.now);

        assertThat(team.log.receive(first)).isTrue();
        assertThat(team.log.receive(first)).isFalse();
        assertRefused(Refusal.FORK, () -> team.log.receive(other));
        assertRefused(Refusal.FORK, () -> team.log.receive(onOther));
        Membership further = team.state().accept(by(team.founder, new MembershipChange.Hubs(List.of())));
        MembershipRecord later =
                MembershipRecord.next(further, new MembershipChange.Hubs(List.of()), team.founder, team.now);
        assertRefused(Refusal.GAP, () -> team.log.receive(later));
    }

    @Test
    void ofTwoRecordsOnOneHeadTheSecondIsMadeAnew() throws Exception {
        MembershipRecord first = by(team.founder, new MembershipChange.Hubs(List.of()));
        MembershipRecord second = by(team.founder, new MembershipChange.Hubs(List.of(team.bytes(32))));

        team.log.append(first, team.now);

        assertRefused(Refusal.NOT_HEAD, () -> team.log.append(second, team.now));
        team.log.append(by(team.founder, second.change()), team.now);
        assertThat(team.state().hubPins()).hasSize(1);
    }

    @Test
    void timeGoesForward() throws Exception {
        team.say(new MembershipChange.Hubs(List.of()));
        MembershipRecord backdated = signedAt(team.founder, new MembershipChange.Hubs(List.of()), Team.BEGIN - 1);

        assertRefused(Refusal.CLOCK, () -> team.state().accept(backdated));
    }

    @Test
    void whoAppendsLooksAtTheClock() {
        long tooFar = team.now + MembershipRules.CLOCK_DIFFERENCE_MILLIS_MAX + 1;
        MembershipRecord late = signedAt(team.founder, new MembershipChange.Hubs(List.of()), tooFar);

        assertRefused(Refusal.CLOCK, () -> team.log.append(late, team.now));
        assertRefused(Refusal.CLOCK, () -> team.log.append(by(team.founder, late.change()), tooFar));
    }

    @Test
    void removedNodeNeverComesBackWithItsKeys() throws Exception {
        NodeKeys member = team.join("member");
        team.say(new MembershipChange.Remove(member.nodeId(), List.of(), List.of()));

        assertRefused(
                Refusal.REMOVED_MEMBER,
                () -> team.say(new MembershipChange.Add(member.card("again", 0), Team.client())));
    }

    @Test
    void cutEndsTheOriginsOfWhoLeft() throws Exception {
        NodeKeys member = team.join("member");
        OriginId origin = team.origin();
        OriginId hidden = team.origin();
        assertThat(team.state().admits(member.nodeId(), origin, 100)).isTrue();

        team.say(new MembershipChange.Remove(member.nodeId(), List.of(new Cut(origin, 7)), List.of()));

        assertThat(team.state().admits(member.nodeId(), origin, 7)).isTrue();
        assertThat(team.state().admits(member.nodeId(), origin, 8)).isFalse();
        assertThat(team.state().admits(member.nodeId(), hidden, 1)).isFalse();
        assertThat(team.state().admits(team.founder.nodeId(), origin, 7)).isFalse();
    }

    @Test
    void lapsedMemberBeginsANewOrigin() throws Exception {
        NodeKeys member = team.join("member");
        OriginId origin = team.origin();
        team.say(new MembershipChange.Lapse(member.nodeId(), List.of(new Cut(origin, 7))));

        assertThat(team.state().admits(member.nodeId(), origin, 8)).isFalse();
        assertThat(team.state().admits(member.nodeId(), team.origin(), 1)).isTrue();
        assertRefused(
                Refusal.CUT, () -> team.say(new MembershipChange.Lapse(member.nodeId(), List.of(new Cut(origin, 9)))));
        team.say(new MembershipChange.Add(member.card("back", 1), Team.client()));
        assertThat(team.state().member(member.nodeId()).orElseThrow().standing())
                .isEqualTo(Member.Standing.ACTIVE);
    }

    private MembershipRecord by(NodeKeys signer, MembershipChange change) {
        return MembershipRecord.next(team.state(), change, signer, team.now);
    }

    /** The founder's card says another time: the record is built by hand, as a cheat would. */
    private MembershipRecord signedAt(NodeKeys signer, MembershipChange change, long atMillis) {
        Membership state = team.state();
        Membership earlier = new Membership(
                state.database(),
                state.mode(),
                state.index(),
                state.hash(),
                0,
                state.members(),
                state.invitations(),
                state.cuts(),
                state.keys(),
                state.hubPins(),
                state.lastDeparture());
        return MembershipRecord.next(earlier, change, signer, atMillis);
    }

    static void assertRefused(Refusal refusal, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.refusal()).isEqualTo(refusal);
    }
}
