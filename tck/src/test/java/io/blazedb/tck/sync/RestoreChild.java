package io.blazedb.tck.sync;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process that opens two synced databases, one of which was put back, and lets them meet until it is killed. */
final class RestoreChild {
    private RestoreChild() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (Node west = Node.open(folder, "west")) {
            west.value("SELECT COUNT(*) FROM T");
            System.out.println("ready");
            try (Node east = Node.open(folder, "east")) {
                east.value("SELECT COUNT(*) FROM T");
                new CountDownLatch(1).await();
            }
        }
    }
}
