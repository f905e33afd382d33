package io.blazedb.sync.internal.crypto;

import io.blazedb.sync.internal.wire.ByteReader;
import io.blazedb.sync.internal.wire.ByteWriter;
import io.blazedb.sync.internal.wire.MalformedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The payload of the first message, in the clear: what the initiator can speak. Its hash goes into the handshake, so
 * nobody between can take a version away.
 *
 * <pre>
 *   count varint | version varint ... | count varint | suite varint ...
 * </pre>
 */
record Offer(List<Integer> versions, List<Integer> suites) {
    /** What this code speaks: version 1, and suite 1, which is Noise_XX_P256_AESGCM_SHA256 with Ed25519 signatures. */
    static final Offer CURRENT = new Offer(List.of(1), List.of(1));

    private static final int CHOICES_MAX = 16;
    private static final int NUMBER_MAX = 0xFFFF;

    Offer {
        versions = List.copyOf(versions);
        suites = List.copyOf(suites);
    }

    byte[] toBytes() {
        ByteWriter writer = new ByteWriter();
        write(writer, versions);
        write(writer, suites);
        return writer.toByteArray();
    }

    static Offer parse(byte[] bytes) throws MalformedException {
        ByteReader reader = new ByteReader(ByteBuffer.wrap(bytes));
        Offer offer = new Offer(read(reader, "versions"), read(reader, "suites"));
        reader.end("offer");
        return offer;
    }

    /** The highest number that is in both lists. */
    static int best(List<Integer> offered, List<Integer> known, String what) throws HandshakeException {
        return offered.stream()
                .filter(known::contains)
                .max(Integer::compare)
                .orElseThrow(() -> new HandshakeException(
                        HandshakeException.Reason.VERSION,
                        "the other side speaks " + what + " " + offered + " (expected: one of " + known + ")"));
    }

    private static void write(ByteWriter writer, List<Integer> numbers) {
        writer.varint(numbers.size());
        numbers.forEach(writer::varint);
    }

    private static List<Integer> read(ByteReader reader, String what) throws MalformedException {
        int count = reader.count(1, CHOICES_MAX, what);
        List<Integer> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add((int) reader.varint(NUMBER_MAX, what));
        }
        return numbers;
    }
}
