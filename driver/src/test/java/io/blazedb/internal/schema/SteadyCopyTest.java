package io.blazedb.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyCopyTest {
    @Test
    void aListThatChangesWhileItIsCopiedIsCopiedAgain() {
        List<String> list = new ArrayList<>(List.of("a", "b", "c"));
        int[] readings = new int[1];
        Iterable<String> changing = () -> {
            Iterator<String> elements = list.iterator();
            if (readings[0]++ == 0) {
                list.remove("a");
            }
            return elements;
        };

        assertThat(SteadyCopy.of(changing)).containsExactly("b", "c");
        assertThat(readings[0]).isEqualTo(2);
    }
}
