package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Role;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InvitedTest {
    private static final long DAY = 24 * 60 * 60 * 1000;

    private Team team;
    private InvitationKey invitation;
    private NodeKeys newcomer;

    @BeforeEach
    void invite() throws Exception {
        team = new Team(2);
        team.rotate();
        invitation = InvitationKey.generate(team.random);
        newcomer = NodeKeys.generate(team.random);
        team.say(new MembershipChange.Invite(
                invitation.signatureKey(), invitation.sealingKey(), Team.client(), team.now + DAY));
    }

    @Test
    void newcomerJoinsWhileTheInviterIsAwayAndReadsAll() throws Exception {
        GroupKey first = team.ring.newest(GroupKey.EVERYONE).orElseThrow();
        GroupKey second = team.rotate();

        try (InvitationKey received = InvitationKey.of(invitation.toSecretBytes())) {
            team.log.append(joining(received), team.now);
            Keyring ring = new Keyring(team.database);
            List<GroupKey> keys = ring.accept(team.keyRecords.get(1), team.log, received);

            assertThat(keys).extracting(GroupKey::commit).containsExactly(second.commit(), first.commit());
        }
        assertThat(team.state().member(newcomer.nodeId()).orElseThrow().rights())
                .isEqualTo(Team.client());
        assertThat(team.state().recipients(team.now)).containsKey(newcomer.nodeId());
    }

    @Test
    void invitationServesOnce() throws Exception {
        team.log.append(joining(invitation), team.now);
        NodeKeys another = NodeKeys.generate(team.random);
        MembershipRecord again = MembershipRecord.join(team.state(), another.card("x", 0), invitation, team.now);

        MembershipTest.assertRefused(Refusal.INVITATION_CLOSED, () -> team.log.append(again, team.now));
        assertThat(team.state().recipients(team.now)).doesNotContainKey(invitation.id());
    }

    @Test
    void invitationExpires() {
        team.now += DAY + 1_000;

        MembershipTest.assertRefused(Refusal.INVITATION_CLOSED, () -> team.log.append(joining(invitation), team.now));
        assertThat(team.state().recipients(team.now)).doesNotContainKey(invitation.id());
    }

    @Test
    void expiredInvitationIsNotSavedByAnEarlierDate() {
        MembershipRecord backdated = joining(invitation);
        team.now += DAY + 1_000;

        MembershipTest.assertRefused(Refusal.CLOCK, () -> team.log.append(backdated, team.now));
    }

    @Test
    void withdrawnInvitationIsVoidAndItsKeysAreReplaced() throws Exception {
        MembershipTest.assertRefused(
                Refusal.KEYS_MISSING, () -> team.say(new MembershipChange.Withdraw(invitation.id(), List.of())));
        GroupKey key = team.ring.next(team.state(), GroupKey.EVERYONE, team.random);
        KeyAnnouncement announced = new KeyAnnouncement(
                key.scope(), key.epoch(), key.commit(), team.state().index());

        team.say(new MembershipChange.Withdraw(invitation.id(), List.of(announced)));

        MembershipTest.assertRefused(Refusal.INVITATION_CLOSED, () -> team.log.append(joining(invitation), team.now));
    }

    @Test
    void anotherKeyDoesNotOpenTheDoor() {
        InvitationKey other = InvitationKey.generate(team.random);
        MembershipRecord byOther = joining(other);
        MembershipRecord inItsName = new MembershipRecord(
                byOther.index(),
                byOther.previous(),
                invitation.id(),
                byOther.atMillis(),
                byOther.change(),
                byOther.signature());

        MembershipTest.assertRefused(
                Refusal.UNKNOWN_INVITATION, () -> team.state().accept(byOther));
        MembershipTest.assertRefused(Refusal.FORGED, () -> team.state().accept(inItsName));
    }

    @Test
    void invitationGrantsWhatTheInviterSaid() throws Exception {
        InvitationKey server = InvitationKey.generate(team.random);
        Rights rights = new Rights(Role.SERVER, false, team.now + DAY);
        team.say(new MembershipChange.Invite(server.signatureKey(), server.sealingKey(), rights, team.now + DAY));

        team.log.append(joining(server), team.now);

        assertThat(team.state().member(newcomer.nodeId()).orElseThrow().rights())
                .isEqualTo(rights);
    }

    @Test
    void invitationAsAMemberSignsNothingElse() {
        NodeKeys friend = NodeKeys.generate(team.random);
        MembershipChange add = new MembershipChange.Add(friend.card("friend", 0), Team.admin());
        MembershipRecord joining = joining(invitation);
        MembershipRecord other = new MembershipRecord(
                joining.index(), joining.previous(), joining.signer(), joining.atMillis(), add, joining.signature());

        MembershipTest.assertRefused(Refusal.UNKNOWN_SIGNER, () -> team.state().accept(other));
    }

    private MembershipRecord joining(InvitationKey key) {
        return MembershipRecord.join(team.state(), newcomer.card("newcomer", 0), key, team.now);
    }
}
