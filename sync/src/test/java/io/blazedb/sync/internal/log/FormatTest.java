package io.blazedb.sync.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The bytes of the files are a promise to every later version: these never change. */
class FormatTest {
    private static final LogId LOG = new LogId(0x0102030405060708L, 0x090a0b0c0d0e0f10L);

    @Test
    void aRecord() {
        ByteBuffer segment = ByteBuffer.allocate(40);
        byte[] payload = "blaze".getBytes(StandardCharsets.US_ASCII);
        byte type = RecordType.DDL.code();
        int crc = new RecordChecksum(LOG).of(0x123456, type, payload, 0, payload.length);

        RecordLayout.write(segment, 4, crc, 0x123456, type, payload, 0, payload.length);

        CRC32C expected = new CRC32C();
        expected.update(
                HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10" + "0000000000123456" + "05" + "626c617a65"));
        assertThat(HexFormat.of().formatHex(segment.array(), 0, 28))
                .isEqualTo("00000000" + "00000016" + String.format("%08x", expected.getValue()) + "0000000000123456"
                        + "05" + "626c617a65" + "0000");
    }

    @Test
    void aSegmentHeaderAndItsMark() {
        ByteBuffer segment = ByteBuffer.allocate(SegmentLayout.HEADER_BYTES);
        SegmentLayout.Header header = new SegmentLayout.Header(LOG, 7, 1 << 20, 1 << 24);

        SegmentLayout.write(segment, header);
        SegmentLayout.writeMark(segment, new SegmentLayout.Mark(0x1234, true));

        String bytes = HexFormat.of().formatHex(segment.array());
        assertThat(bytes)
                .startsWith("424c415a454c4f47" + "00000001" + "01000000" + "0102030405060708090a0b0c0d0e0f10"
                        + "0000000000000007" + "0000000000100000");
        assertThat(bytes.substring(2 * 52, 2 * 60)).isEqualTo("00000000" + "80001234");
        assertThat(bytes.substring(2 * 64)).matches("0+");
        assertThat(SegmentLayout.read(segment, "log-7")).isEqualTo(header);
        assertThat(SegmentLayout.readMark(segment)).isEqualTo(new SegmentLayout.Mark(0x1234, true));
    }

    @Test
    void aDamagedMarkCountsAsNone() {
        ByteBuffer segment = ByteBuffer.allocate(SegmentLayout.HEADER_BYTES);
        SegmentLayout.write(segment, new SegmentLayout.Header(LOG, 7, 1 << 20, 1 << 24));
        SegmentLayout.writeMark(segment, new SegmentLayout.Mark(0x1234, false));

        for (int bit = 0; bit < Long.SIZE; bit++) {
            long mark = segment.getLong(56);
            segment.putLong(56, mark ^ (1L << bit));
            assertThat(SegmentLayout.readMark(segment)).isEqualTo(SegmentLayout.Mark.NONE);
            segment.putLong(56, mark);
        }
    }

    @Test
    void theCodesOfRecordTypes() {
        assertThat(Arrays.stream(RecordType.values()).map(type -> type + "=" + type.code()))
                .containsExactly(
                        "TXN_LOCAL=1",
                        "TXN_REMOTE=2",
                        "EFFECT=3",
                        "OPEN=4",
                        "DDL=5",
                        "VERDICT=6",
                        "STATE_MERGE=7",
                        "BASE=8",
                        "CHECKPOINT=9",
                        "CLOSE=10",
                        "ORIGIN=11",
                        "FACT=12",
                        "FRAMES=13");
    }

    @Test
    void theHeaderOfABlobFile() {
        byte[] header = BlobLayout.header(LOG, 9, false);

        assertThat(HexFormat.of().formatHex(header))
                .matches("424c415a45424c4f" + "00000001" + "[0-9a-f]{8}" + "0102030405060708090a0b0c0d0e0f10"
                        + "0000000000000009");
        assertThat(BlobLayout.idOf(header, header.length, new BlobLayout.Name(9, -1), false))
                .isEqualTo(LOG);
    }
}
