package io.blazedb.internal.jdbc.forward;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/**
 * What the forwarding classes implement, under names of their own. Tools make proxies of all interfaces that a class
 * and its superclasses declare, and a proxy takes none twice: so only the classes that applications hold declare
 * those of {@code java.sql}.
 */
public final class Forwarded {
    private Forwarded() {}

    /** A connection. */
    public interface OfConnection extends Connection {}

    /** A statement. */
    public interface OfStatement extends Statement {}

    /** A prepared statement. */
    public interface OfPreparedStatement extends PreparedStatement {}

    /** A callable statement. */
    public interface OfCallableStatement extends CallableStatement {}

    /** A result set. */
    public interface OfResultSet extends ResultSet {}

    /** The facts about a database. */
    public interface OfMetaData extends DatabaseMetaData {}
}
