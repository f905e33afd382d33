package io.blazedb.sync.internal.wire;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.session.Fingerprint;
import io.blazedb.sync.internal.session.Head;
import io.blazedb.sync.internal.session.Message;
import io.blazedb.sync.internal.session.Operation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of what nodes say to each other: u8 type, then the fields in the order of the record. One message has one
 * form. Stateless; any thread may call it.
 *
 * <p>A message is as long as its frame; the transport bounds frames, and nothing here is allocated beyond a small
 * multiple of the bytes that came.
 */
public final class MessageCodec {
    /** First byte of the fields of a HELLO: the only version so far. */
    public static final int VERSION = 1;

    private static final int TEXT_BYTES_MAX = 1 << 12;
    private static final int HEAD_BYTES_MIN = OriginId.BYTES + 1 + Long.BYTES;

    private MessageCodec() {}

    public static void write(ByteWriter out, Message message) {
        out.u8(MessageType.of(message).code());
        if (message instanceof Message.Hello hello) {
            writeHello(out, hello);
        } else if (message instanceof Message.Heads heads) {
            writeHeads(out, heads.heads());
        } else if (message instanceof Message.Ask ask) {
            out.raw(ask.origin().toBytes()).varint(ask.seq());
        } else if (message instanceof Message.Pull pull) {
            writeRange(out, pull.origin(), pull.from(), pull.to());
        } else if (message instanceof Message.Batch batch) {
            writeBatch(out, batch);
        } else if (message instanceof Message.Ack ack) {
            VectorCodec.write(out, ack.durable());
        } else if (message instanceof Message.Skip skip) {
            writeRange(out, skip.origin(), skip.from(), skip.to());
        } else if (message instanceof Message.Digest digest) {
            out.u64(digest.vector()).u64(digest.rows().high()).u64(digest.rows().low());
            out.varint(digest.parked());
        } else if (message instanceof Message.Rows rows) {
            RowsCodec.write(out, rows);
        } else if (message instanceof Message.Credit credit) {
            out.varint(credit.operations()).varint(credit.bytes());
        } else if (message instanceof Message.Ping ping) {
            writeFlag(out, ping.asking());
        } else if (message instanceof Message.GoAway away) {
            out.varint(away.others().size());
            away.others().forEach(out::string);
        } else if (message instanceof Message.Failed failed) {
            out.string(failed.reason());
        }
    }

    /** Reads a message that fills the buffer, whose position stays where it is. */
    public static Message read(ByteBuffer encoded) throws MalformedException {
        ByteReader in = new ByteReader(encoded);
        MessageType type = MessageType.of(in.u8("type of a message"));
        try {
            Message message = read(type, in);
            in.end(type.toString());
            return message;
        } catch (IllegalArgumentException e) {
            throw new MalformedException(type + ": " + e.getMessage(), e);
        }
    }

    private static Message read(MessageType type, ByteReader in) throws MalformedException {
        return switch (type) {
            case HELLO -> readHello(in);
            case HEADS -> new Message.Heads(readHeads(in));
            case ASK -> new Message.Ask(origin(in), seq(in));
            case PULL -> {
                OriginId origin = origin(in);
                long from = seq(in);
                yield new Message.Pull(origin, from, to(in, from));
            }
            case BATCH -> readBatch(in);
            case ACK -> new Message.Ack(VectorCodec.read(in));
            case SKIP -> {
                OriginId origin = origin(in);
                long from = seq(in);
                yield new Message.Skip(origin, from, to(in, from));
            }
            case DIGEST ->
                new Message.Digest(
                        in.u64("hash of a vector"),
                        new Fingerprint(in.u64("fingerprint"), in.u64("fingerprint")),
                        in.varint(Long.MAX_VALUE, "parked operations"));
            case ROWS -> RowsCodec.read(in);
            case CREDIT ->
                new Message.Credit(
                        (int) in.varint(Integer.MAX_VALUE, "credit in operations"),
                        in.varint(Long.MAX_VALUE, "credit in bytes"));
            case PING -> new Message.Ping(readFlag(in));
            case GO_AWAY -> new Message.GoAway(readTexts(in));
            case FAILED -> new Message.Failed(in.string(TEXT_BYTES_MAX, "reason"));
        };
    }

    private static void writeHello(ByteWriter out, Message.Hello hello) {
        out.u8(VERSION);
        writeFlag(out, hello.asking());
        out.raw(hello.own().toBytes()).u64(hello.wallMillis());
        writeHeads(out, hello.heads());
        out.varint(hello.frozen().size());
        hello.frozen().forEach(origin -> out.raw(origin.toBytes()));
        out.varint(hello.windowOperations()).varint(hello.windowBytes());
    }

    private static Message readHello(ByteReader in) throws MalformedException {
        int version = in.u8("version");
        if (version != VERSION) {
            throw new MalformedException(
                    "version of a peer: " + version + " (expected: " + VERSION + "); update the older node");
        }
        return new Message.Hello(
                readFlag(in),
                origin(in),
                in.u64("time"),
                readHeads(in),
                readOrigins(in),
                (int) in.varint(Integer.MAX_VALUE, "window in operations"),
                in.varint(Long.MAX_VALUE, "window in bytes"));
    }

    private static List<OriginId> readOrigins(ByteReader in) throws MalformedException {
        int count = in.count(OriginId.BYTES, Integer.MAX_VALUE, "origins");
        List<OriginId> origins = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            origins.add(origin(in));
        }
        return origins;
    }

    private static void writeHeads(ByteWriter out, List<Head> heads) {
        out.varint(heads.size());
        for (Head head : heads) {
            out.raw(head.origin().toBytes()).varint(head.seq()).u64(head.mark());
        }
    }

    private static List<Head> readHeads(ByteReader in) throws MalformedException {
        int count = in.count(HEAD_BYTES_MIN, Integer.MAX_VALUE, "heads");
        List<Head> heads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            heads.add(new Head(origin(in), seq(in), in.u64("mark")));
        }
        return heads;
    }

    private static void writeBatch(ByteWriter out, Message.Batch batch) {
        out.u64(batch.previousMark()).varint(batch.operations().size());
        ByteWriter changeSet = new ByteWriter();
        for (Operation operation : batch.operations()) {
            changeSet.clear();
            ChangeSetCodec.write(changeSet, operation.changeSet());
            if (changeSet.size() != operation.bytes()) {
                throw new IllegalArgumentException("operation of " + changeSet.size() + " bytes (expected: "
                        + operation.bytes() + ", as it says)");
            }
            out.varint(changeSet.size()).raw(changeSet.toByteArray());
        }
    }

    private static Message readBatch(ByteReader in) throws MalformedException {
        long previous = in.u64("mark");
        int count = in.count(2, Integer.MAX_VALUE, "operations");
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] encoded = in.bytes(Integer.MAX_VALUE, "operation");
            operations.add(new Operation(ChangeSetCodec.read(ByteBuffer.wrap(encoded)), encoded.length));
        }
        return new Message.Batch(previous, operations);
    }

    private static void writeRange(ByteWriter out, OriginId origin, long from, long to) {
        out.raw(origin.toBytes()).varint(from).varint(to - from);
    }

    private static List<String> readTexts(ByteReader in) throws MalformedException {
        int count = in.count(1, Integer.MAX_VALUE, "addresses");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.string(TEXT_BYTES_MAX, "address"));
        }
        return texts;
    }

    private static void writeFlag(ByteWriter out, boolean flag) {
        out.u8(flag ? 1 : 0);
    }

    private static boolean readFlag(ByteReader in) throws MalformedException {
        int flag = in.u8("flag");
        if (flag > 1) {
            throw new MalformedException("flag: " + flag + " (expected: 0 or 1)");
        }
        return flag == 1;
    }

    private static OriginId origin(ByteReader in) throws MalformedException {
        return OriginId.of(in.raw(OriginId.BYTES, "origin"));
    }

    private static long seq(ByteReader in) throws MalformedException {
        return in.varint(Long.MAX_VALUE, "sequence number");
    }

    private static long to(ByteReader in, long from) throws MalformedException {
        return from + in.varint(Long.MAX_VALUE - from, "length of a range");
    }
}
