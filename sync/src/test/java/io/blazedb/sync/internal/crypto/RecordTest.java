package io.blazedb.sync.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The records of one direction: what is sealed comes out, in order and whole, or the session is over. */
class RecordTest {
    private static final int TYPE = 20;
    private static final byte[] KEY = new byte[32];
    private static final RekeyRule OFTEN = new RekeyRule(5, 1_000);

    private final RecordSealer sealer = sealer(RekeyRule.STANDARD);
    private final RecordOpener opener = opener(RekeyRule.STANDARD);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 59, 60, 61, 124, 65_467, 65_468, 65_469, 130_936, 130_937, 1_000_000, 16 * 1024 * 1024})
    void framesOfAnySizeArriveWhole(int length) throws Exception {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);

        List<byte[]> records = sealer.seal(TYPE, payload, 0);

        List<Frame> frames = openAll(records);
        assertThat(frames).hasSize(1);
        assertThat(frames.get(0).type()).isEqualTo(TYPE);
        assertThat(frames.get(0).payload()).isEqualTo(payload);
        assertThat(records).allMatch(record -> record.length <= 65_535 && record.length % 64 == 16);
        assertThat(records).hasSize(Math.max(1, (length + 65_467) / 65_468));
    }

    @Test
    void aFrameAboveTheLimitIsNotSealed() {
        assertThatThrownBy(() -> sealer.seal(TYPE, new byte[16 * 1024 * 1024 + 1], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.seal(15, new byte[1], 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sealer.seal(256, new byte[1], 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFrameAboveTheLimitIsNotGathered() throws Exception {
        RecordOpener small = new RecordOpener(new CipherState(KEY), 100_000, RekeyRule.STANDARD);
        List<byte[]> records = sealer.seal(TYPE, new byte[100_001], 0);

        assertThat(small.open(records.get(0))).isEmpty();
        assertThatThrownBy(() -> small.open(records.get(1)))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("100001 bytes or more (allowed: 100000)");
    }

    @Test
    void shortFramesCannotBeToldApartByLength() {
        int shortest = sealer.seal(TYPE, new byte[0], 0).get(0).length;
        int longest = sealer.seal(TYPE, new byte[60], 0).get(0).length;

        assertThat(shortest).isEqualTo(longest).isEqualTo(80);
    }

    @Test
    void everyChangedOrMissingByteEndsTheSession() {
        byte[] record = sealer.seal(TYPE, new byte[100], 0).get(0);

        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] flipped = record.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertEnds(opener(RekeyRule.STANDARD), flipped);
        }
        for (int length = 0; length < record.length; length++) {
            assertEnds(opener(RekeyRule.STANDARD), Arrays.copyOf(record, length));
        }
        assertEnds(opener(RekeyRule.STANDARD), Arrays.copyOf(record, record.length + 64));
        assertEnds(opener(RekeyRule.STANDARD), new byte[65_536]);
    }

    @Test
    void aDroppedRecordEndsTheSession() {
        sealer.seal(TYPE, new byte[1], 0);

        assertEnds(opener, sealer.seal(TYPE, new byte[1], 0).get(0));
    }

    @Test
    void aRepeatedRecordEndsTheSession() throws Exception {
        byte[] record = sealer.seal(TYPE, new byte[1], 0).get(0);
        opener.open(record);

        assertEnds(opener, record);
    }

    @Test
    void anEndedSessionStaysEnded() {
        byte[] record = sealer.seal(TYPE, new byte[1], 0).get(0);
        byte[] changed = record.clone();
        changed[3] ^= 1;
        assertEnds(opener, changed);

        assertEnds(opener, record);
        assertThatThrownBy(opener::end).isInstanceOf(RecordException.class);
    }

    @Test
    void theEndIsAuthentic() throws Exception {
        byte[] record = sealer.seal(TYPE, new byte[1], 0).get(0);
        byte[] close = sealer.close();

        opener.open(record);
        assertThat(opener.isClosed()).isFalse();
        assertThat(opener.open(close)).isEmpty();

        assertThat(opener.isClosed()).isTrue();
        opener.end();
        assertEnds(opener, close);
        assertThatThrownBy(() -> sealer.seal(TYPE, new byte[1], 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(sealer::close).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anEndThatNobodyAnnouncedIsATruncation() throws Exception {
        opener.open(sealer.seal(TYPE, new byte[1], 0).get(0));

        assertThatThrownBy(opener::end)
                .isInstanceOf(RecordException.class)
                .hasMessageContaining("something may be missing");
    }

    @Test
    void theKeyChangesWithTheNumberOfRecords() throws Exception {
        RecordSealer often = sealer(OFTEN);
        RecordOpener strict = opener(OFTEN);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.addAll(often.seal(TYPE, new byte[] {(byte) i}, 0));
        }

        int frames = 0;
        for (byte[] record : records) {
            Optional<Frame> frame = strict.open(record);
            if (frame.isPresent()) {
                assertThat(frame.get().payload()).containsExactly(frames++);
            }
        }

        assertThat(frames).isEqualTo(100);
        assertThat(records).as("four records and one that changes the key").hasSize(100 + 24);
    }

    /** 2^20 records are sealed with one key and the next ones with another, as the limit says. */
    @Test
    @EnabledIfSystemProperty(named = "blazedb.test.volume", matches = "full")
    void theKeyChangesAfterAMillionRecords() throws Exception {
        int announced = 0;
        for (int i = 0; i < (1 << 20) + 10; i++) {
            List<byte[]> records = sealer.seal(TYPE, new byte[1], 0);
            announced += records.size() - 1;
            assertThat(records.size() == 2).isEqualTo(i == (1 << 20) - 1);
            openAll(records);
        }

        assertThat(announced).isEqualTo(1);
    }

    @Test
    void theKeyChangesWithTime() throws Exception {
        RecordSealer often = sealer(OFTEN);
        RecordOpener strict = opener(OFTEN);

        assertThat(often.seal(TYPE, new byte[1], 999))
                .hasSize(1)
                .allSatisfy(record -> assertThat(strict.open(record)).isPresent());
        List<byte[]> late = often.seal(TYPE, new byte[1], 1_000);
        List<byte[]> soonAfter = often.seal(TYPE, new byte[1], 1_999);

        assertThat(late).hasSize(2);
        assertThat(soonAfter).hasSize(1);
        assertThat(strict.open(late.get(0))).isEmpty();
        assertThat(strict.open(late.get(1))).isPresent();
        assertThat(strict.open(soonAfter.get(0))).isPresent();
    }

    @Test
    void theKeyMayChangeInsideAFrame() throws Exception {
        byte[] payload = new byte[10 * 65_468];
        new Random(1).nextBytes(payload);
        RecordOpener strict = opener(OFTEN);

        List<byte[]> records = sealer(OFTEN).seal(TYPE, payload, 0);

        assertThat(records).hasSize(12);
        for (byte[] record : records.subList(0, 11)) {
            assertThat(strict.open(record)).isEmpty();
        }
        assertThat(strict.open(records.get(11)).orElseThrow().payload()).isEqualTo(payload);
    }

    @Test
    void aSenderThatKeepsItsKeyTooLongIsRefused() throws Exception {
        RecordOpener strict = opener(OFTEN);
        for (int i = 0; i < 5; i++) {
            strict.open(sealer.seal(TYPE, new byte[1], 0).get(0));
        }

        assertEnds(strict, sealer.seal(TYPE, new byte[1], 0).get(0));
    }

    @Test
    void anOldKeyIsOfNoUseAfterTheChange() throws Exception {
        CipherState old = new CipherState(KEY);
        RecordSealer often = sealer(new RekeyRule(2, 1_000));
        for (byte[] record : often.seal(TYPE, new byte[1], 0)) {
            old.decrypt(new byte[0], record);
        }
        List<byte[]> records = often.seal(TYPE, new byte[1], 0);
        old.decrypt(new byte[0], records.get(0));

        assertThatThrownBy(() -> old.decrypt(new byte[0], records.get(1))).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void recordsThatAnHonestSealerDoesNotMakeAreRefused() throws Exception {
        assertCraftedEnds("flags", record(TYPE, 4, 1));
        assertCraftedEnds("does not follow", record(TYPE, 2, 1));
        assertCraftedEnds("fragment of 1 bytes", record(TYPE, 1, 1));
        assertCraftedEnds("frame of type 2", record(RecordLayout.VERDICT, 3, 1));
        assertCraftedEnds("record of type 0", record(RecordLayout.CLOSE, 3, 1));
        assertCraftedEnds("record of type 0", record(RecordLayout.CLOSE, 1, 0));
        assertCraftedEnds("record of type 1", record(RecordLayout.REKEY, 3, 1));
        assertCraftedEnds("does not follow", record(TYPE, 1, 65_468), record(TYPE, 3, 1));
        assertCraftedEnds("does not follow", record(TYPE, 1, 65_468), record(TYPE + 1, 2, 1));
        assertCraftedEnds("middle of a frame", record(TYPE, 1, 65_468), record(RecordLayout.CLOSE, 3, 0));
        assertCraftedEnds("padding", changed(record(TYPE, 3, 1), 63, 1));
        assertCraftedEnds("payload of 61", changed(record(TYPE, 3, 1), 3, 61));
        assertCraftedEnds("payload of 1", changed(record(TYPE, 3, 100), 3, 1));
        assertCraftedEnds("payload of 65281", changed(record(TYPE, 3, 1), 2, 0xFF));
    }

    /** The last of these plain records, sealed with the right key and number, ends the session; those before do not. */
    private static void assertCraftedEnds(String why, byte[]... plain) throws Exception {
        RecordOpener opener = opener(RekeyRule.STANDARD);
        CipherState cipher = new CipherState(KEY);
        for (int i = 0; i < plain.length - 1; i++) {
            opener.open(cipher.encrypt(new byte[0], plain[i]));
        }
        byte[] last = cipher.encrypt(new byte[0], plain[plain.length - 1]);

        assertThatThrownBy(() -> opener.open(last))
                .isInstanceOf(RecordException.class)
                .hasMessageContaining(why);
        assertEnds(opener, last);
    }

    private static byte[] record(int type, int flags, int length) {
        return RecordLayout.plain(type, flags, new byte[length], 0, length);
    }

    private static byte[] changed(byte[] plain, int at, int value) {
        plain[at] = (byte) value;
        return plain;
    }

    private static void assertEnds(RecordOpener opener, byte[] record) {
        assertThatThrownBy(() -> opener.open(record)).isInstanceOf(RecordException.class);
        assertThatThrownBy(() -> opener.open(record)).isInstanceOf(RecordException.class);
    }

    private List<Frame> openAll(List<byte[]> records) throws RecordException {
        List<Frame> frames = new ArrayList<>();
        for (byte[] record : records) {
            opener.open(record).ifPresent(frames::add);
        }
        return frames;
    }

    private static RecordSealer sealer(RekeyRule rule) {
        return new RecordSealer(new CipherState(KEY), Terms.FRAME_BYTES_MAX, rule, 0);
    }

    private static RecordOpener opener(RekeyRule rule) {
        return new RecordOpener(new CipherState(KEY), Terms.FRAME_BYTES_MAX, rule);
    }
}
