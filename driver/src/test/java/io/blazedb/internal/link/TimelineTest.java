package io.blazedb.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.blazedb.internal.node.Facts;
import io.blazedb.sync.internal.log.FileLogDirectory;
import io.blazedb.sync.internal.log.LogOptions;
import io.blazedb.sync.internal.log.OperationLog;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineTest {
    private static final String NAME = "node.timeline";

    @TempDir
    Path folder;

    private OperationLog open() throws Exception {
        return OperationLog.open(new FileLogDirectory(folder), LogOptions.defaults());
    }

    /** A reader that had read further than what was left must not go on amidst what came since. */
    @Test
    void whatCameBeforeTheMarkOfAnOpeningIsReadAgain() throws Exception {
        byte[] saved;
        Timeline then;
        try (OperationLog log = open()) {
            Facts facts = new Facts(log);
            Timeline.goOn(facts, log);
            then = Timeline.of(facts);
            saved = Objects.requireNonNull(facts.get(NAME));
        }

        try (OperationLog log = open()) {
            long end = log.recovery().endLsn();
            Facts facts = new Facts(log);
            facts.replace(NAME, saved);
            facts.put("what came before the mark", new byte[100]);
            Timeline.goOn(facts, log);

            assertThat(Timeline.of(facts).resume(then, end + 50)).isEqualTo(end);
            assertThat(Timeline.of(facts).resume(then, end - 50)).isEqualTo(end - 50);
        }
    }
}
