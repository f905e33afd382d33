package io.blazedb.internal.link;

import io.blazedb.sync.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The lines between databases of this process, as far as a test has changed them; in ordinary operation there is
 * nothing in here. Safe for use by several threads.
 */
public final class Lines {
    private static final Map<Pair, Line> CHANGED = new ConcurrentHashMap<>();
    private static final List<Link> LINKS = new CopyOnWriteArrayList<>();

    private Lines() {}

    private record Pair(NodeId source, NodeId target) {}

    /**
     * What became of one direction of a line.
     *
     * @param delayMillis how long everything is on its way
     */
    public record Line(boolean cut, long delayMillis) {}

    /** Changes the way from one node to another one. */
    public static void set(NodeId source, NodeId target, Line line) {
        CHANGED.put(new Pair(source, target), line);
        wake();
    }

    /** All lines are as they should be again. */
    public static void heal() {
        CHANGED.clear();
        wake();
    }

    private static void wake() {
        LINKS.forEach(link -> link.progress().wake());
        LINKS.forEach(Link::look);
    }

    static void opened(Link link) {
        LINKS.add(link);
    }

    static void closed(Link link) {
        LINKS.remove(link);
    }

    /** Null when it is as it should be. */
    static @Nullable Line between(NodeId source, LinkedNode target) {
        return CHANGED.isEmpty()
                ? null
                : CHANGED.get(new Pair(source, target.state().nodeId()));
    }
}
