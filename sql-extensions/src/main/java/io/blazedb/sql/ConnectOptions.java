package io.blazedb.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/**
 * What stands in {@code WITH (...)}, in the order of the text. The order plays no part in equality. A value that does
 * not fit its option is an {@link IllegalArgumentException}.
 */
public record ConnectOptions(Map<ConnectOption, Value> values) {

    public static final ConnectOptions NONE = new ConnectOptions(Map.of());

    public ConnectOptions {
        Map<ConnectOption, Value> checked = new LinkedHashMap<>();
        values.forEach((option, value) -> {
            option.problem(value).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            checked.put(option, option.normalized(value));
        });
        values = Collections.unmodifiableMap(checked);
    }

    public Optional<Value> value(ConnectOption option) {
        return Optional.ofNullable(values.get(option));
    }

    /** The text of a bound option. */
    public Optional<String> text(ConnectOption option) {
        return value(option).map(Value::asText);
    }

    /** The number of a bound option. */
    public OptionalLong number(ConnectOption option) {
        Value value = values.get(option);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.asNumber());
    }

    ConnectOptions withValues(UnaryOperator<Value> replacement) {
        Map<ConnectOption, Value> replaced = new LinkedHashMap<>();
        values.forEach((option, value) -> replaced.put(option, replacement.apply(value)));
        return new ConnectOptions(replaced);
    }

    @Override
    public String toString() {
        return "ConnectOptions" + new SqlWriter(Secrets.MASKED).options(values);
    }
}
