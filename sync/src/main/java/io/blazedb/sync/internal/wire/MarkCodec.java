package io.blazedb.sync.internal.wire;

import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.merge.Mark;
import io.blazedb.sync.internal.merge.Mark.Order;
import java.util.List;

/**
 * The marks of one row state: nearly always all are of the same rules, whose stamp is written once. Serves one state in
 * one direction, by one thread.
 */
final class MarkCodec {
    private static final int NONE = 0;
    private static final int FIRST = 1;
    private static final int AGAIN = 4;

    private static final Codes<Order> ORDERS =
            new Codes<>("order of a mark", List.of(Order.STANDARD, Order.MAX, Order.MIN));

    private final LocalStamps stamps;
    private Stamp last = Stamp.ZERO;

    MarkCodec(LocalStamps stamps) {
        this.stamps = stamps;
    }

    void write(ByteWriter out, Mark mark) {
        if (mark.equals(Mark.NONE)) {
            out.u8(NONE);
        } else if (mark.epoch().equals(last)) {
            out.u8(AGAIN + ORDERS.code(mark.order()));
        } else {
            out.u8(FIRST + ORDERS.code(mark.order()));
            stamps.write(out, mark.epoch());
            last = mark.epoch();
        }
    }

    Mark read(ByteReader in) throws MalformedException {
        int code = in.u8("mark of a version");
        if (code == NONE) {
            return Mark.NONE;
        }
        Order order = ORDERS.choice(code >= AGAIN ? code - AGAIN : code - FIRST);
        Stamp epoch = code >= AGAIN ? last : stamps.read(in);
        if (epoch.isZero() || (code < AGAIN && epoch.equals(last))) {
            throw new MalformedException("mark of a version: rules of " + epoch + " (expected: the short form)");
        }
        last = epoch;
        return new Mark(epoch, order);
    }
}
