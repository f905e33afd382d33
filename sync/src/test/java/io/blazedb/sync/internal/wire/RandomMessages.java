package io.blazedb.sync.internal.wire;

import io.blazedb.sync.ChangeSet;
import io.blazedb.sync.Dependency;
import io.blazedb.sync.Life;
import io.blazedb.sync.OriginId;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.VersionVector;
import io.blazedb.sync.internal.merge.ColumnVersion;
import io.blazedb.sync.internal.merge.RowState;
import io.blazedb.sync.internal.merge.RowValues;
import io.blazedb.sync.internal.session.Fingerprint;
import io.blazedb.sync.internal.session.Head;
import io.blazedb.sync.internal.session.Message;
import io.blazedb.sync.internal.session.Operation;
import io.blazedb.sync.internal.session.StateRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Messages of every type. The seed decides everything. */
final class RandomMessages {
    private final Random random;
    private final RandomChangeSets changeSets;

    RandomMessages(long seed) {
        random = new Random(seed);
        changeSets = new RandomChangeSets(seed);
    }

    Message next() {
        MessageType[] types = MessageType.values();
        return switch (types[random.nextInt(types.length)]) {
            case HELLO ->
                new Message.Hello(
                        random.nextBoolean(),
                        origin(),
                        random.nextLong(),
                        heads(),
                        some(2, this::origin),
                        small(),
                        number());
            case HEADS -> new Message.Heads(heads());
            case ASK -> new Message.Ask(origin(), number());
            case PULL -> {
                long from = number();
                yield new Message.Pull(origin(), from, from + small());
            }
            case BATCH -> batch();
            case ACK -> new Message.Ack(VersionVector.of(some(5, () -> new Dependency(origin(), number()))));
            case SKIP -> {
                long from = number();
                yield new Message.Skip(origin(), from, from + small());
            }
            case DIGEST ->
                new Message.Digest(random.nextLong(), new Fingerprint(random.nextLong(), random.nextLong()), small());
            case ROWS -> rows();
            case CREDIT -> new Message.Credit(small(), number());
            case PING -> new Message.Ping(random.nextBoolean());
            case GO_AWAY -> new Message.GoAway(some(3, () -> "wss://host" + small()));
            case FAILED -> new Message.Failed("naïve \uD83D\uDE00 " + small());
        };
    }

    private Message batch() {
        ChangeSet first = changeSets.next();
        int count = 1 + random.nextInt(3);
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ChangeSet changeSet = new ChangeSet(
                    first.origin(),
                    first.seq() + i,
                    first.hlc() + i,
                    first.role(),
                    first.dependencies(),
                    first.definitions(),
                    i == 0 ? first.changes() : List.of());
            ByteWriter out = new ByteWriter();
            ChangeSetCodec.write(out, changeSet);
            operations.add(new Operation(changeSet, out.size()));
        }
        return new Message.Batch(random.nextLong(), operations);
    }

    private Message rows() {
        int columns = 1 + random.nextInt(4);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            names.add("C" + i);
        }
        return new Message.Rows("PUBLIC", "T" + small(), names, some(4, () -> row(columns)));
    }

    private StateRow row(int columns) {
        long cause = 1L + random.nextInt(4);
        byte[][] values = new byte[columns][];
        ColumnVersion[] versions = new ColumnVersion[columns];
        ColumnVersion common = version();
        for (int i = 0; i < columns; i++) {
            values[i] = bytes(1 + random.nextInt(9));
            versions[i] = random.nextInt(3) == 0 ? version() : common;
        }
        Life life = new Life(random.nextBoolean() ? Stamp.ZERO : stamp(), cause);
        RowState state = RowState.of(life, cause + random.nextInt(3), versions, RowValues.of(values));
        return new StateRow(bytes(random.nextInt(12)), state, RowValues.of(values));
    }

    private ColumnVersion version() {
        Stamp stamp = stamp();
        return new ColumnVersion(random.nextBoolean() ? Stamp.ZERO : stamp, 1 + random.nextInt(3), stamp);
    }

    private Stamp stamp() {
        return new Stamp(random.nextLong(), new OriginId(random.nextInt(3), 1));
    }

    private List<Head> heads() {
        return some(4, () -> new Head(origin(), number(), random.nextLong()));
    }

    private OriginId origin() {
        return new OriginId(random.nextLong(), random.nextLong());
    }

    private long number() {
        return 1 + (random.nextLong() >>> (1 + random.nextInt(63))) / 2;
    }

    private int small() {
        return random.nextInt(1_000);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> List<T> some(int max, Supplier<T> items) {
        List<T> list = new ArrayList<>();
        int count = random.nextInt(max + 1);
        for (int i = 0; i < count; i++) {
            list.add(items.get());
        }
        return list;
    }
}
