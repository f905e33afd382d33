package io.blazedb.sync.internal.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** A value for every {@link NetLimit}, in values that go together. Immutable. */
public final class NetLimits {
    private final Map<NetLimit, Integer> values;

    private NetLimits(Map<NetLimit, Integer> values) {
        this.values = values;
    }

    public static NetLimits defaults() {
        Map<NetLimit, Integer> values = new EnumMap<>(NetLimit.class);
        for (NetLimit limit : NetLimit.values()) {
            values.put(limit, limit.byDefault());
        }
        return new NetLimits(values);
    }

    /**
     * These limits with others in place of some.
     *
     * @throws IllegalArgumentException if a value is out of its range, or the backlog has no room for two messages
     */
    public NetLimits with(Map<NetLimit, Integer> others) {
        Map<NetLimit, Integer> changed = new EnumMap<>(values);
        others.forEach((limit, value) -> changed.put(limit, limit.checked(value)));
        NetLimits limits = new NetLimits(changed);
        int least = 2 * (limits.of(NetLimit.MESSAGE_BYTES_MAX) + NetLimit.FRAME_BYTES);
        if (limits.of(NetLimit.BACKLOG_BYTES_MAX) < least) {
            throw new IllegalArgumentException(NetLimit.BACKLOG_BYTES_MAX.setting() + ": "
                    + limits.of(NetLimit.BACKLOG_BYTES_MAX) + " (expected: >= " + least + ", two messages of "
                    + NetLimit.MESSAGE_BYTES_MAX.setting() + ")");
        }
        return limits;
    }

    public NetLimits with(NetLimit limit, int value) {
        return with(Map.of(limit, value));
    }

    public int of(NetLimit limit) {
        return Objects.requireNonNull(values.get(limit));
    }
}
