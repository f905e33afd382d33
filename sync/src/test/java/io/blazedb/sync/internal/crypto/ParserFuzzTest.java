package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.sync.Volume;
import io.blazedb.sync.internal.wire.MalformedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers of what comes from others: any bytes are either read, and written the same way again, or refused. */
class ParserFuzzTest {
    /** Reads, and writes again. */
    private interface Parser {
        byte[] again(byte[] bytes) throws MalformedException, ForgedException;
    }

    private final List<byte[]> records = new ArrayList<>();
    private byte[] keyRecord = {};
    private byte[] envelope = {};
    private byte[] batch = {};
    private byte[] card = {};

    @BeforeEach
    void makeOneOfEach() throws Exception {
        Team team = new Team(10);
        NodeKeys member = team.join("member");
        InvitationKey invitation = InvitationKey.generate(team.random);
        GroupKey key = team.rotate();
        team.rotate();
        team.say(new MembershipChange.Invite(
                invitation.signatureKey(), invitation.sealingKey(), Team.admin(), team.now + 1_000_000));
        NodeCard joined = NodeKeys.generate(team.random).card("joined", 1);
        team.log.append(MembershipRecord.join(team.state(), joined, invitation, team.now), team.now);
        team.say(new MembershipChange.Hubs(List.of(team.bytes(32), team.bytes(32))));
        team.say(new MembershipChange.ChangeRights(joined.nodeId(), Team.client()));
        team.say(new MembershipChange.Lapse(joined.nodeId(), List.of(new Cut(team.origin(), 9))));
        team.remove(joined.nodeId(), List.of(new Cut(team.origin(), 1L << 40)));
        team.log.from(0).forEach(record -> records.add(record.toBytes()));
        records.add(MembershipRecord.next(
                        team.state(), new MembershipChange.Withdraw(invitation.id(), List.of()), team.founder, team.now)
                .toBytes());
        keyRecord = team.keyRecords.get(1).toBytes();
        Envelope sealed = new EnvelopeSealer(key, team.origin(), true, team.random).sealOrigin(new byte[10]);
        envelope = sealed.toBytes();
        batch = new BatchCodec().write(EnvelopeBatch.sign(List.of(sealed), member));
        card = member.card("member", 5).toBytes();
    }

    @Test
    void whatWasWrittenIsReadTheSame() throws Exception {
        for (Map.Entry<byte[], Parser> each : targets()) {
            assertThat(each.getValue().again(each.getKey())).isEqualTo(each.getKey());
        }
        assertThat(records).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void anyBytesAreReadOrRefused() {
        long seed = Long.getLong("seed", new Random().nextLong());
        System.out.println("anyBytesAreReadOrRefused -Dseed=" + seed);
        Random dice = new Random(seed);
        int read = 0;
        for (Map.Entry<byte[], Parser> each : targets()) {
            for (int i = 0; i < Volume.cases(300, 100_000); i++) {
                byte[] bytes = mutated(each.getKey(), dice);
                try {
                    assertThat(each.getValue().again(bytes)).as("seed %d", seed).isEqualTo(bytes);
                    read++;
                } catch (MalformedException | ForgedException e) {
                    assertThat(e.getMessage()).isNotEmpty();
                }
            }
        }

        assertThat(read).isPositive();
    }

    private List<Map.Entry<byte[], Parser>> targets() {
        List<Map.Entry<byte[], Parser>> targets = new ArrayList<>();
        records.forEach(record -> targets.add(
                Map.entry(record, bytes -> MembershipRecord.read(bytes).toBytes())));
        targets.add(Map.entry(keyRecord, bytes -> KeyRecord.read(bytes).toBytes()));
        targets.add(Map.entry(envelope, bytes -> Envelope.read(bytes).toBytes()));
        targets.add(Map.entry(batch, bytes -> new BatchCodec().write(new BatchCodec().read(bytes))));
        targets.add(Map.entry(card, bytes -> NodeCard.read(bytes).toBytes()));
        return targets;
    }

    private static byte[] mutated(byte[] original, Random dice) {
        byte[] bytes = original.clone();
        switch (dice.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, dice.nextInt(bytes.length + 1));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + dice.nextInt(20));
            case 2 -> {
                int at = dice.nextInt(bytes.length);
                Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + dice.nextInt(12)), (byte) -1);
            }
            default -> {
                for (int i = 1 + dice.nextInt(4); i > 0; i--) {
                    bytes[dice.nextInt(bytes.length)] = (byte) dice.nextInt(256);
                }
            }
        }
        return bytes;
    }
}
