package io.blazedb.tck.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the programs, all or those named, prints the table and writes it to {@code target/bench.md}. */
final class BenchMain {
    private BenchMain() {}

    private interface Program {
        void run() throws Exception;
    }

    public static void main(String[] names) throws Exception {
        Report report = new Report();
        Map<String, Program> programs = programs(report);
        List<String> wanted = names.length == 0 ? List.copyOf(programs.keySet()) : List.of(names);
        for (String name : wanted) {
            Program program = programs.get(name);
            if (program == null) {
                throw new IllegalArgumentException("No program " + name + " (there are: " + programs.keySet() + ")");
            }
            program.run();
        }
        report.write(Path.of("target", "bench.md"));
    }

    private static Map<String, Program> programs(Report report) {
        Map<String, Program> programs = new LinkedHashMap<>();
        programs.put("open", () -> new Opening(report).run());
        programs.put("alone", () -> new ReadsAndWrites(false, report).run());
        programs.put("applying", () -> new ReadsAndWrites(true, report).run());
        programs.put("forced", () -> new Forced(report).run());
        programs.put("latency", () -> new Latency(report).run());
        programs.put("throughput", () -> new Throughput(report).run());
        programs.put("bootstrap", () -> new Bootstrap(report).run());
        programs.put("replay", () -> new Replay(report).run());
        return programs;
    }
}
