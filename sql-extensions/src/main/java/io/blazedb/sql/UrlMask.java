package io.blazedb.sql;

import java.util.regex.Pattern;

/** Takes the passwords out of a location: those of JDBC settings, of a query, and of a URL's user. */
final class UrlMask {
    private static final Pattern SETTING = Pattern.compile(
            "((?:^|[;?&])\\s*[a-z_]*(?:PASSWORD|TOKEN|SECRET|INVITATION)\\s*=)[^;&]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER_INFO = Pattern.compile("(://[^/@:]*:)[^/@]*@");

    private UrlMask() {}

    static String mask(String location) {
        String withoutSettings = SETTING.matcher(location).replaceAll("$1" + Secret.MASK);
        return USER_INFO.matcher(withoutSettings).replaceAll("$1" + Secret.MASK + "@");
    }
}
