package io.blazedb.internal.jdbc;

import io.blazedb.internal.jdbc.url.ConnectionSettings;
import io.blazedb.internal.jdbc.url.Location;
import java.sql.SQLException;
import java.util.Properties;

/** Opens H2 with nothing between, so that the JDBC objects can be tested without an engine. */
public final class PlainSessionFactory implements SessionFactory {
    @Override
    public PlainSession open(ConnectionSettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        properties.put("password", settings.password().copy());
        String url = "jdbc:h2:" + h2Name(settings.location()) + settings.h2SettingsText();
        if (settings.ifExists()) {
            url += ";IFEXISTS=TRUE";
        }
        if (settings.closeDelaySeconds().isPresent()) {
            url += ";DB_CLOSE_DELAY=" + settings.closeDelaySeconds().getAsInt();
        }
        return new PlainSession(new org.h2.Driver().connect(url, properties), settings.publicUrl());
    }

    private static String h2Name(Location location) {
        return switch (location.kind()) {
            case UNNAMED_MEMORY -> "mem:";
            case MEMORY -> "mem:" + location.name();
            case FILE -> String.valueOf(location.path());
        };
    }
}
