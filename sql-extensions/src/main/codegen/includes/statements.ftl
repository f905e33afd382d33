/** One statement of BlazeDB, with or without a semicolon. */
StatementNode BlazeStatementEof() :
{
    final Span s;
    final Statement statement;
}
{
    { s = Span.of(); }
    statement = BlazeStatement()
    [ <SEMICOLON> ]
    <EOF>
    { return new StatementNode(s.end(this), statement); }
}

Statement BlazeStatement() :
{
    final Statement statement;
}
{
    (
        <CREATE> statement = Create()
    |
        <ALTER> statement = Alter()
    |
        <DROP> statement = Drop()
    |
        <CONNECT> statement = Connect()
    |
        <DISCONNECT> statement = Disconnect()
    |
        <REVOKE> <NODE> statement = RevokeNode()
    |
        <SYNC> statement = Sync()
    |
        <PAUSE> <SYNC> statement = Pause()
    |
        <RESUME> <SYNC> statement = Resume()
    |
        <CHECK> <SYNC> statement = Check()
    |
        <REPAIR> <SYNC> statement = Repair()
    |
        <SHOW> statement = Show()
    |
        <EXPLAIN> <SYNC> statement = ExplainSync()
    |
        <RESOLVE> <CONFLICT> statement = ResolveConflict()
    |
        <ROTATE> <SYNC> <KEY> statement = RotateSyncKey()
    )
    { return statement; }
}

Statement Create() :
{
    final Statement statement;
}
{
    (
        <OR> <REPLACE>
        (
            <SYNC> <POLICY> statement = CreateSyncPolicy(true)
        |
            <MERGE> <RULE> statement = CreateMergeRule(true)
        )
    |
        <SYNC> <POLICY> statement = CreateSyncPolicy(false)
    |
        <MERGE> <RULE> statement = CreateMergeRule(false)
    |
        <TOPOLOGY> statement = CreateTopology()
    |
        <SHARE> statement = CreateShare()
    |
        <TEAM> statement = CreateTeam()
    |
        <POLICY> statement = CreatePolicy()
    |
        <INVITATION> statement = CreateInvitation()
    )
    { return statement; }
}

Statement Alter() :
{
    final Statement statement;
}
{
    (
        <TOPOLOGY> statement = AlterTopology()
    |
        <TEAM> statement = AlterTeam()
    |
        <TABLE> statement = AlterTable()
    )
    { return statement; }
}

Statement Drop() :
{
    final Statement statement;
}
{
    (
        <TOPOLOGY> statement = DropTopology()
    |
        <SYNC> <POLICY> statement = DropSyncPolicy()
    |
        <MERGE> <RULE> statement = DropMergeRule()
    |
        <SHARE> statement = DropShare()
    |
        <TEAM> statement = DropTeam()
    |
        <POLICY> statement = DropPolicy()
    )
    { return statement; }
}

Statement Sync() :
{
    Identifier node = null;
    Value timeout = null;
}
{
    [ <WITH> node = Name() ]
    [ <TIMEOUT> timeout = WholeNumber("TIMEOUT") ]
    { return new SyncStatement.Sync(Optional.ofNullable(node), Optional.ofNullable(timeout)); }
}

Statement Pause() :
{
    Identifier node = null;
}
{
    [ <WITH> node = Name() ]
    { return new SyncStatement.Pause(Optional.ofNullable(node)); }
}

Statement Resume() :
{
    Identifier node = null;
}
{
    [ <WITH> node = Name() ]
    { return new SyncStatement.Resume(Optional.ofNullable(node)); }
}

Statement Check() :
{
    List<TableName> tables = Collections.emptyList();
    Identifier node = null;
}
{
    [ <TABLE> tables = Tables() ]
    [ <WITH> node = Name() ]
    { return new SyncStatement.Check(tables, Optional.ofNullable(node)); }
}

Statement Repair() :
{
    List<TableName> tables = Collections.emptyList();
    final Identifier node;
}
{
    [ <TABLE> tables = Tables() ]
    <WITH> node = Name()
    { return new SyncStatement.Repair(tables, node); }
}

Statement Show() :
{
    final Keyword view;
    Identifier topology = null;
    Keyword format = TopologyFormat.TABLE;
}
{
    <SYNC> view = Choice(SyncView.values())
    { return new SyncStatement.Show((SyncView) view); }
|
    <TOPOLOGY>
    [ LOOKAHEAD({ nameIsNext() }) topology = Name() ]
    [ <AS> format = Choice(TopologyFormat.values()) ]
    { return new SyncStatement.ShowTopology(Optional.ofNullable(topology), (TopologyFormat) format); }
}

Statement ExplainSync() :
{
    final Identifier policy;
    final ConnectionStatement connection;
    final TableName table;
    final List<Value> key = new ArrayList<Value>();
    Value part;
}
{
    <POLICY> policy = Name()
    { return new SyncStatement.ExplainPolicy(policy); }
|
    <CONNECT> connection = Connect()
    { return new SyncStatement.ExplainConnect(connection); }
|
    <ROW> table = Table()
    <LPAREN>
    part = TextOrNumber("KEY") { key.add(part); }
    ( <COMMA> part = TextOrNumber("KEY") { key.add(part); } )*
    <RPAREN>
    { return new SyncStatement.ExplainRow(table, key); }
}

Statement ResolveConflict() :
{
    final Value conflict;
    final Keyword winner;
}
{
    conflict = TextOrNumber("CONFLICT")
    <USING> winner = Choice(Winner.values())
    { return new SyncStatement.ResolveConflict(conflict, (Winner) winner); }
}
