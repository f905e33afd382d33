package io.blazedb.sync.internal.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page {@code docs/protocol.md}, whose tables tests compare with the code. */
public final class ProtocolPage {
    private final List<String> lines;

    private ProtocolPage(List<String> lines) {
        this.lines = lines;
    }

    public static ProtocolPage read() throws IOException {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/protocol.md"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new AssertionError(
                    "No docs/protocol.md in a folder above " + Path.of("").toAbsolutePath());
        }
        return new ProtocolPage(Files.readAllLines(folder.resolve("docs/protocol.md")));
    }

    /** The table under a heading like {@code | setting | default |}: its first column, without quotes, to its cells. */
    public Map<String, List<String>> table(String heading) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        int at = lines.indexOf(heading);
        if (at < 0) {
            throw new AssertionError("No table " + heading);
        }
        for (int i = at + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
            List<String> cells = new ArrayList<>();
            for (String cell : lines.get(i).split("\\|", -1)) {
                cells.add(cell.strip());
            }
            if (rows.put(cells.get(1).replace("`", ""), cells.subList(2, cells.size() - 1)) != null) {
                throw new AssertionError("Twice in " + heading + ": " + cells.get(1));
            }
        }
        return rows;
    }
}
