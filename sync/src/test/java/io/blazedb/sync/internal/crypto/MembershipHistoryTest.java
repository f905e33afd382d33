package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random histories of a membership, with forgers at work: what counts is what the plain model says, everywhere. */
class MembershipHistoryTest {
    @Test
    void whatCountsIsWhatTheRulesSay() throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("whatCountsIsWhatTheRulesSay -Dseed=" + seed);
        int counted = 0;
        int refused = 0;
        for (int history = 0; history < Volume.cases(8, 2_000); history++) {
            Team team = new Team(seed + history);
            MembershipModel model = new MembershipModel(team, seed + history);
            Random dice = new Random(seed + history);
            for (int i = 0; i < 60; i++) {
                team.now += 1_000;
                MembershipRecord record = model.draw();
                assertForgeriesRefused(team, model, record, dice);
                boolean expected = model.take(record);
                assertThat(counts(team.log, record))
                        .as("seed %d, %s", seed + history, record)
                        .isEqualTo(expected);
                counted += expected ? 1 : 0;
                refused += expected ? 0 : 1;
            }
            assertSameElsewhere(team, dice);
        }

        assertThat(counted).isGreaterThan(50);
        assertThat(refused).isGreaterThan(50);
    }

    private static boolean counts(MembershipLog log, MembershipRecord record) {
        long before = log.state().index();
        try {
            return log.receive(record);
        } catch (RefusedException e) {
            assertThat(log.state().index()).isEqualTo(before);
            return false;
        }
    }

    /** The same record in another's name, with another's signature, or with a changed byte. */
    private static void assertForgeriesRefused(Team team, MembershipModel model, MembershipRecord record, Random dice)
            throws Exception {
        NodeKeys forger = NodeKeys.generate(team.random);
        MembershipRecord forged = new MembershipRecord(
                record.index(),
                record.previous(),
                model.node().nodeId(),
                record.atMillis(),
                record.change(),
                forger.sign(record.toBytes()));
        assertThat(counts(team.log, forged)).isFalse();
        byte[] bytes = record.toBytes();
        bytes[dice.nextInt(bytes.length)] ^= (byte) (1 << dice.nextInt(8));
        try {
            assertThat(counts(team.log, MembershipRecord.read(bytes))).isFalse();
        } catch (MalformedException | ForgedException e) {
            assertThat(e).isNotNull();
        }
    }

    /** Another node gets the records as bytes, in bad order, each twice, and forgeries between them. */
    private static void assertSameElsewhere(Team team, Random dice) throws Exception {
        List<byte[]> sent = new ArrayList<>();
        for (MembershipRecord record : team.log.from(0)) {
            sent.add(record.toBytes());
            sent.add(record.toBytes());
        }
        MembershipLog other = new MembershipLog(MembershipRecord.read(sent.get(0)));
        NodeKeys thief = NodeKeys.generate(team.random);
        while (other.state().index() < team.state().index()) {
            Collections.shuffle(sent, dice);
            for (byte[] bytes : sent) {
                counts(other, MembershipRecord.read(bytes));
                MembershipChange change = new MembershipChange.Hubs(List.of(team.bytes(32)));
                assertThat(counts(other, MembershipRecord.next(other.state(), change, thief, team.now)))
                        .isFalse();
            }
        }

        assertThat(other.state()).isEqualTo(team.state());
        assertThat(other.state().hash()).isEqualTo(team.state().hash());
    }
}
