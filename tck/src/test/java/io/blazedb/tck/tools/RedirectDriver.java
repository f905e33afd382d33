package io.blazedb.tck.tools;

import io.blazedb.tck.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the URLs of H2's databases in memory, which a published suite has built in, to databases of the same names of
 * another kind. Safe for use by several threads.
 */
final class RedirectDriver implements Driver {
    private static final String PREFIX = "jdbc:h2:mem:";

    private final Target target;
    private final Path folder;
    private final List<Driver> others;

    private RedirectDriver(Target target, Path folder, List<Driver> others) {
        this.target = target;
        this.folder = folder;
        this.others = others;
    }

    /** Takes H2's place in this process. */
    static void install(Target target, Path folder) throws SQLException {
        List<Driver> drivers = Collections.list(DriverManager.getDrivers());
        for (Driver driver : drivers) {
            DriverManager.deregisterDriver(driver);
        }
        DriverManager.registerDriver(new RedirectDriver(target, folder, drivers));
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        String place = url.startsWith(PREFIX) ? redirect(url) : url;
        for (Driver driver : others) {
            if (driver.acceptsURL(place)) {
                return driver.connect(place, info);
            }
        }
        return null;
    }

    private String redirect(String url) {
        String name = url.substring(PREFIX.length());
        int settings = name.indexOf(';');
        return target.url(folder.resolve(settings < 0 ? name : name.substring(0, settings)));
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        for (Driver driver : others) {
            if (driver.acceptsURL(url)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the redirecting driver logs nothing");
    }
}
