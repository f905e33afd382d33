package io.blazedb.tck.crash;

import io.blazedb.tck.Target;
import io.blazedb.tck.contract.WayToWrite;
import io.blazedb.tck.contract.WaysToWrite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that writes in every way there is, each in its own database, and is killed with all of them open.
 *
 * <p>Arguments: target, folder. Beside each database it leaves the rows that must be found there, says {@code ready},
 * and waits.
 */
final class WaysChild {
    private static final List<Connection> OPEN = new ArrayList<>();

    private WaysChild() {}

    public static void main(String[] arguments) throws Exception {
        Target target = Target.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        List<WayToWrite> ways = WaysToWrite.all();
        for (int i = 0; i < ways.size(); i++) {
            WayToWrite way = ways.get(i);
            Path own = Files.createDirectories(folder.resolve("way" + i));
            String url = target.url(own.resolve("db")) + way.settings();
            OPEN.add(Target.connect(url));
            Connection writer = Target.connect(url);
            OPEN.add(writer);
            way.prepare(writer);
            Files.write(own.resolve("rows"), way.run(writer, target));
        }
        System.out.println("ready");
        Thread.currentThread().join();
    }
}
