package io.blazedb.internal.statement;

import io.blazedb.internal.catalog.Topology;
import io.blazedb.internal.jdbc.StatementOutcome;
import io.blazedb.internal.topology.DotDrawing;
import io.blazedb.internal.topology.MermaidDrawing;
import io.blazedb.internal.topology.TopologyDrawing;
import io.blazedb.internal.topology.TreeDrawing;
import io.blazedb.sql.SyncStatement.ShowTopology;
import io.blazedb.sql.SyncView;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Runs {@code SHOW}. The rows come from H2, through the session's own connection and with its user's rights. */
final class ShowStatements {
    private final SessionFacts session;

    ShowStatements(SessionFacts session) {
        this.session = session;
    }

    StatementOutcome show(SyncView view) throws SQLException {
        makeViews();
        return rows("SELECT * FROM BLAZE." + (view == SyncView.TABLES ? "SYNC_TABLES" : view.name()));
    }

    private void makeViews() throws SQLException {
        session.actions().identity();
        session.actions().catalog().createIfAbsent();
    }

    StatementOutcome showTopology(ShowTopology show) throws SQLException {
        makeViews();
        List<Topology> topologies = session.actions().catalog().topologies();
        if (show.topology().isPresent()) {
            topologies = List.of(
                    new KnownTopologies(topologies).named(show.topology().get()));
        }
        return switch (show.format()) {
            case TABLE -> table(topologies);
            case TREE -> drawing(new TreeDrawing(), topologies);
            case DOT -> drawing(new DotDrawing(), topologies);
            case MERMAID -> drawing(new MermaidDrawing(), topologies);
        };
    }

    /** A row a node, with its connections in one column; what is in the views is the same in full. */
    private StatementOutcome table(List<Topology> topologies) throws SQLException {
        Object[] names = topologies.stream().map(Topology::name).toArray();
        return rows("""
                SELECT N.TOPOLOGY, N.NODE, N.ROLE, N.LOCATION, N.STATE,
                       (SELECT LISTAGG(CASE WHEN C.MODE = 'BIDIRECTIONAL' THEN '<-> '
                                            WHEN (C.MODE = 'READ ONLY') = (C.SOURCE = N.NODE) THEN '--> '
                                            ELSE '<-- ' END
                                       || CASE WHEN C.SOURCE = N.NODE THEN C.TARGET ELSE C.SOURCE END, ', ')
                                   WITHIN GROUP (ORDER BY C.SOURCE, C.TARGET)
                        FROM BLAZE.CONNECTIONS C
                        WHERE C.TOPOLOGY = N.TOPOLOGY AND N.NODE IN (C.SOURCE, C.TARGET)) AS CONNECTIONS
                FROM BLAZE.NODES N WHERE N.TOPOLOGY = ANY(?) ORDER BY N.TOPOLOGY, N.NODE""", names);
    }

    private StatementOutcome drawing(TopologyDrawing drawing, List<Topology> topologies) throws SQLException {
        return rows(
                "SELECT LINE AS TOPOLOGY FROM UNNEST(?) WITH ORDINALITY AS L(LINE, POSITION) ORDER BY POSITION",
                drawing.lines(topologies).toArray());
    }

    private StatementOutcome rows(String sql, Object[]... arrays) throws SQLException {
        PreparedStatement statement = session.h2().prepareStatement(sql);
        boolean open = false;
        try {
            statement.closeOnCompletion();
            for (int i = 0; i < arrays.length; i++) {
                statement.setObject(i + 1, arrays[i]);
            }
            ResultSet rows = statement.executeQuery();
            open = true;
            return StatementOutcome.ofRows(rows);
        } finally {
            if (!open) {
                statement.close();
            }
        }
    }
}
