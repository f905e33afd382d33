package io.blazedb;

import io.blazedb.internal.jdbc.Sessions;
import io.blazedb.internal.jdbc.url.UrlParser;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver of {@code jdbc:blaze:} URLs. {@code DriverManager} finds it by itself; loading the class touches nothing
 * of H2's, which is loaded with the first connection. Safe for use by several threads.
 */
public final class BlazeDriver implements Driver {
    private static final int MAJOR_VERSION = 0;
    private static final int MINOR_VERSION = 1;

    static {
        try {
            DriverManager.registerDriver(new BlazeDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Opens the database, or returns null when the URL is not one of ours. */
    @Override
    public @Nullable Connection connect(@Nullable String url, @Nullable Properties info) throws SQLException {
        String known = notNull(url);
        if (!UrlParser.accepts(known)) {
            return null;
        }
        return Sessions.connect(UrlParser.parse(known, info == null ? new Properties() : info));
    }

    @Override
    public boolean acceptsURL(@Nullable String url) throws SQLException {
        return UrlParser.accepts(notNull(url));
    }

    private static String notNull(@Nullable String url) throws SQLException {
        if (url == null) {
            throw SqlState.BAD_URL.error("The URL is null (expected: jdbc:blaze:<path> or jdbc:blaze:mem:<name>)");
        }
        return url;
    }

    /** Our properties with their values, defaults and choices; a password is not shown. */
    @Override
    public DriverPropertyInfo[] getPropertyInfo(@Nullable String url, @Nullable Properties info) throws SQLException {
        Map<String, String> given = UrlParser.given(url, info == null ? new Properties() : info);
        ConnectionProperty[] properties = ConnectionProperty.values();
        DriverPropertyInfo[] all = new DriverPropertyInfo[properties.length];
        for (int i = 0; i < all.length; i++) {
            ConnectionProperty property = properties[i];
            String value = given.getOrDefault(property.key().toUpperCase(Locale.ROOT), property.defaultValue());
            all[i] = new DriverPropertyInfo(property.key(), property.isSecret() ? "" : value);
            all[i].description = property.description();
            all[i].choices =
                    property.choices().isEmpty() ? null : property.choices().toArray(String[]::new);
        }
        return all;
    }

    @Override
    public int getMajorVersion() {
        return MAJOR_VERSION;
    }

    @Override
    public int getMinorVersion() {
        return MINOR_VERSION;
    }

    @Override
    public boolean jdbcCompliant() {
        return true;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("io.blazedb");
    }
}
