package io.blazedb.tck.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** The rules of the page that no other tool checks: lengths, one type a file, nothing left to do. */
final class SourceRules {
    static final int LINE_CHARACTERS_MAX = 120;
    static final int FILE_LINES_MAX = 400;
    static final int METHOD_LINES_MAX = 60;

    private final String name;
    private final String source;
    private final List<String> faults = new ArrayList<>();

    private SourceRules(String name, String source) {
        this.name = name;
        this.source = source;
    }

    /** One sentence for each rule that this source breaks. */
    static List<String> faults(String name, String source) throws IOException {
        SourceRules rules = new SourceRules(name, source);
        rules.checkLines();
        rules.checkTree();
        return rules.faults;
    }

    private void checkLines() {
        List<String> lines = source.lines().toList();
        if (lines.size() > FILE_LINES_MAX) {
            faults.add("%s has %d lines (allowed: %d)".formatted(name, lines.size(), FILE_LINES_MAX));
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.length() > LINE_CHARACTERS_MAX) {
                faults.add("%s:%d has %d characters (allowed: %d)"
                        .formatted(name, i + 1, line.length(), LINE_CHARACTERS_MAX));
            }
            if (line.matches(".*//.*\\b(TO" + "DO|FIX" + "ME)\\b.*")) {
                faults.add("%s:%d leaves something to do".formatted(name, i + 1));
            }
        }
    }

    private void checkTree() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(
                null, null, diagnostic -> {}, List.of("-proc:none"), null, List.of(new Source(name, source)));
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : task.parse()) {
            long types = unit.getTypeDecls().stream()
                    .filter(tree -> !tree.getKind().name().equals("EMPTY_STATEMENT"))
                    .count();
            if (types > 1) {
                faults.add("%s has %d top-level types (allowed: 1)".formatted(name, types));
            }
            new MethodLengths(unit, positions).scan(unit, null);
        }
    }

    /** Measures each method from its first line, to its closing brace; a table of cases in an annotation is no code. */
    private final class MethodLengths extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        MethodLengths(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            LineMap lines = unit.getLineMap();
            Tree start = method.getReturnType() == null ? method : method.getReturnType();
            long first = lines.getLineNumber(positions.getStartPosition(unit, start));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            if (last - first + 1 > METHOD_LINES_MAX) {
                faults.add(String.format(
                        Locale.ROOT,
                        "%s:%d method %s has %d lines (allowed: %d)",
                        name,
                        first,
                        method.getName(),
                        last - first + 1,
                        METHOD_LINES_MAX));
            }
            return super.visitMethod(method, null);
        }
    }

    /** A source in memory. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('\\', '/')), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
