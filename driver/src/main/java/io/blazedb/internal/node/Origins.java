package io.blazedb.internal.node;

import io.blazedb.sync.OriginId;
import io.blazedb.sync.internal.wire.OriginTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers the origins that this database has heard of; the numbers are facts. Safe for use by several threads. */
public final class Origins implements OriginTable {
    private static final String ORIGIN = "origin.";

    private final Facts facts;
    private final Map<OriginId, Integer> numbers = new ConcurrentHashMap<>();
    private volatile List<OriginId> byNumber = List.of();

    public Origins(Facts facts) {
        this.facts = facts;
    }

    /** Takes what the facts say, at opening. */
    public synchronized void load() {
        Map<String, byte[]> known = facts.startingWith(ORIGIN);
        List<OriginId> loaded = new ArrayList<>();
        for (byte[] bytes = known.get("0"); bytes != null; bytes = known.get(Integer.toString(loaded.size()))) {
            OriginId origin = OriginId.of(bytes);
            loaded.add(origin);
            numbers.put(origin, loaded.size() - 1);
        }
        byNumber = List.copyOf(loaded);
    }

    @Override
    public int indexOf(OriginId origin) {
        Integer number = numbers.get(origin);
        return number != null ? number : add(origin);
    }

    private synchronized int add(OriginId origin) {
        Integer known = numbers.get(origin);
        if (known != null) {
            return known;
        }
        List<OriginId> longer = new ArrayList<>(byNumber);
        int number = longer.size();
        longer.add(origin);
        facts.put(ORIGIN + number, origin.toBytes());
        byNumber = List.copyOf(longer);
        numbers.put(origin, number);
        return number;
    }

    @Override
    public OriginId originAt(int index) {
        return byNumber.get(index);
    }

    @Override
    public int size() {
        return byNumber.size();
    }
}
