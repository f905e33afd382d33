package io.blazedb.internal.apply;

import io.blazedb.internal.capture.CaptureSession;
import io.blazedb.internal.capture.CommitLog;
import io.blazedb.internal.capture.ValueCodec;
import io.blazedb.internal.node.NodeState;
import io.blazedb.internal.node.RowKeys;
import io.blazedb.internal.node.Tables;
import io.blazedb.internal.node.VersionIndex;
import io.blazedb.sync.Stamp;
import io.blazedb.sync.internal.log.OperationLog;
import java.sql.Connection;
import java.util.function.Function;
import org.h2.engine.SessionLocal;

/**
 * What the applier works on.
 *
 * @param settledTo local transactions before this position have settled the conflicts that they settle
 */
public record ApplierParts(
        SessionLocal session,
        Connection connection,
        CaptureSession capture,
        CommitLog commits,
        OperationLog log,
        NodeState node,
        Tables tables,
        VersionIndex index,
        ValueCodec codec,
        RowKeys keys,
        Function<Stamp, String> nodeNames,
        long settledTo) {}
