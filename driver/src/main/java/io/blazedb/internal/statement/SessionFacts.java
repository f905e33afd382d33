package io.blazedb.internal.statement;

import io.blazedb.internal.capture.H2Engine;
import io.blazedb.internal.node.Credentials;
import io.blazedb.internal.node.SyncActions;
import io.blazedb.sql.IdentifierRules;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.DbSettings;
import org.h2.engine.SessionLocal;

/**
 * What a statement of BlazeDB's own has to know of the session that runs it.
 *
 * @param h2 H2's connection of the session, for the rows of a view
 * @param actions the database of the session
 * @param credentials as whom the session signed in
 * @param admin whether the user has H2's ADMIN right
 */
public record SessionFacts(
        Connection h2, SyncActions actions, Credentials credentials, IdentifierRules rules, boolean admin) {

    /** The facts of an open session as they are now. */
    public static SessionFacts of(Connection h2, SyncActions actions, Credentials credentials) throws SQLException {
        SessionLocal session = H2Engine.sessionOf(h2);
        DbSettings settings = session.getDatabase().getSettings();
        IdentifierRules rules = new IdentifierRules(
                settings.databaseToUpper, settings.databaseToLower, settings.caseInsensitiveIdentifiers);
        return new SessionFacts(
                h2, actions, credentials, rules, session.getUser().isAdmin());
    }
}
