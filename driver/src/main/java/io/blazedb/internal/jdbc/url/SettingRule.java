package io.blazedb.internal.jdbc.url;

import io.blazedb.SqlState;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * What becomes of one setting of H2's.
 *
 * @param fate whether H2 gets it
 * @param pattern what a value must match as a whole
 * @param reason why other values are refused; empty when they are just malformed
 */
record SettingRule(Fate fate, Pattern pattern, String reason) {
    enum Fate {
        /** H2 gets it as it is. */
        PASSED,
        /** Accepted, and handled by the engine instead of H2. */
        TAKEN,
        REFUSED
    }

    static SettingRule pass(String pattern, String reason) {
        return new SettingRule(Fate.PASSED, Pattern.compile(pattern), reason);
    }

    static SettingRule take(String pattern, String reason) {
        return new SettingRule(Fate.TAKEN, Pattern.compile(pattern), reason);
    }

    static SettingRule refuse(String reason) {
        return new SettingRule(Fate.REFUSED, Pattern.compile(""), reason);
    }

    /** Fails when the setting is refused, or its value is. */
    void check(String key, String value) throws SQLException {
        if (fate == Fate.REFUSED) {
            throw SqlState.NOT_SUPPORTED.error("The setting " + key + " is not allowed: " + reason);
        }
        if (pattern.matcher(value).matches()) {
            return;
        }
        if (reason.isEmpty()) {
            throw SqlState.BAD_SETTING.error("The setting " + key + " has the value '" + value
                    + "' (expected: something that matches " + pattern + ")");
        }
        throw SqlState.NOT_SUPPORTED.error("The setting " + key + "=" + value + " is not allowed: " + reason);
    }
}
