package io.blazedb.internal.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo prints: a heading per step, then SQL with its results. Used by one thread. */
final class Transcript {
    private static final int TIME_COLUMN = 90;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String INDENT = "    ";

    private final PrintWriter out;
    private int steps;

    Transcript(PrintWriter out) {
        this.out = out;
    }

    void step(String heading) {
        steps++;
        out.println();
        out.println(steps + ". " + heading);
        out.println();
        out.flush();
    }

    /** A statement, who ran it, and how long it took. */
    void statement(String who, String sql, long nanos) {
        statement(who, sql, nanos, "");
    }

    /** As {@link #statement(String, String, long)}, with what the time is that of. */
    void statement(String who, String sql, long nanos, String until) {
        String prompt = who + "> ";
        String time = millis(nanos) + until;
        List<String> lines = wrapped(sql.strip().replaceAll("\\s+", " ") + ";", TIME_COLUMN - prompt.length());
        for (int i = 0; i < lines.size(); i++) {
            String line = (i == 0 ? prompt : " ".repeat(prompt.length())) + lines.get(i);
            boolean last = i == lines.size() - 1;
            out.println(last ? line + " ".repeat(TIME_COLUMN - line.length() + 2) + time : line);
        }
        out.flush();
    }

    /** The text in lines of at most so many characters, broken at spaces. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    void result(List<String> lines) {
        lines.forEach(line -> out.println(INDENT + line));
        out.flush();
    }

    void say(String line) {
        out.println(INDENT + line);
        out.flush();
    }

    void blank() {
        out.println();
    }

    static String millis(long nanos) {
        return String.format(Locale.ROOT, "%6.1f ms", nanos / NANOS_PER_MILLI);
    }
}
