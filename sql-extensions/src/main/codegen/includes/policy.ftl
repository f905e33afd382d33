Statement CreateSyncPolicy(boolean orReplace) :
{
    final boolean ifNotExists;
    final Identifier policy;
    final PolicyTables tables;
    List<PolicyStatement.ExcludedColumn> excluded = Collections.emptyList();
    PolicyStatement.PolicyTeams teams = null;
    RowSecurity rowSecurity = RowSecurity.RESPECT;
    Keyword encryption = null;
    boolean readOnly = false;
}
{
    ifNotExists = IfNotExists()
    policy = Name()
    <FOR>
    ( tables = AllTables() | tables = ListedTables() )
    [ <EXCLUDE> <COLUMNS> excluded = ExcludedColumns() ]
    [ <TEAMS> teams = PolicyTeams() ]
    [
        ( <RESPECT> | <IGNORE> { rowSecurity = RowSecurity.IGNORE; } )
        <ROW> <SECURITY>
    ]
    [ <ENCRYPTION> encryption = Choice(EncryptionMode.values()) ]
    [ <READ> <ONLY> { readOnly = true; } ]
    {
        return new PolicyStatement.CreateSyncPolicy(
            orReplace, ifNotExists, policy, tables, excluded, Optional.ofNullable(teams), rowSecurity,
            Optional.ofNullable((EncryptionMode) encryption), readOnly);
    }
}

PolicyTables AllTables() :
{
    List<TableName> except = Collections.emptyList();
}
{
    <ALL> <TABLES>
    [ <EXCEPT> <LPAREN> except = Tables() <RPAREN> ]
    { return new PolicyTables.All(except); }
}

PolicyTables ListedTables() :
{
    final List<PolicyTables.PolicyTable> tables = new ArrayList<PolicyTables.PolicyTable>();
    PolicyTables.PolicyTable table;
}
{
    <TABLE>
    table = PolicyTable() { tables.add(table); }
    ( <COMMA> table = PolicyTable() { tables.add(table); } )*
    { return new PolicyTables.Listed(tables); }
}

PolicyTables.PolicyTable PolicyTable() :
{
    final TableName table;
    List<Identifier> columns = Collections.emptyList();
    Predicate where = null;
}
{
    table = Table()
    [ columns = NamesInParentheses() ]
    [ <WHERE> where = Condition() ]
    { return new PolicyTables.PolicyTable(table, columns, Optional.ofNullable(where)); }
}

List<PolicyStatement.ExcludedColumn> ExcludedColumns() :
{
    final List<PolicyStatement.ExcludedColumn> columns = new ArrayList<PolicyStatement.ExcludedColumn>();
}
{
    <LPAREN>
    ExcludedColumn(columns) ( <COMMA> ExcludedColumn(columns) )*
    <RPAREN>
    { return columns; }
}

void ExcludedColumn(List<PolicyStatement.ExcludedColumn> columns) :
{
    final Identifier first;
    Identifier second = null;
    Identifier third = null;
}
{
    first = Name() [ <DOT> second = Name() [ <DOT> third = Name() ] ]
    { columns.add(Parts.excludedColumn(first, second, third)); }
}

PolicyStatement.PolicyTeams PolicyTeams() :
{
    final List<Identifier> teams;
    Identifier by = null;
}
{
    teams = NamesInParentheses()
    [ <BY> by = Name() ]
    { return new PolicyStatement.PolicyTeams(teams, Optional.ofNullable(by)); }
}

Statement DropSyncPolicy() :
{
    final boolean ifExists;
    final Identifier policy;
}
{
    ifExists = IfExists()
    policy = Name()
    { return new PolicyStatement.DropSyncPolicy(ifExists, policy); }
}

Statement CreateMergeRule(boolean orReplace) :
{
    final TableName table;
    List<Identifier> columns = Collections.emptyList();
    final Keyword rule;
}
{
    <ON> table = Table()
    [ columns = NamesInParentheses() ]
    <USING> rule = Choice(MergeRule.values())
    { return new PolicyStatement.CreateMergeRule(orReplace, table, columns, (MergeRule) rule); }
}

Statement DropMergeRule() :
{
    final TableName table;
    List<Identifier> columns = Collections.emptyList();
}
{
    <ON> table = Table()
    [ columns = NamesInParentheses() ]
    { return new PolicyStatement.DropMergeRule(table, columns); }
}

Statement CreateShare() :
{
    final Identifier share;
    final Value group;
    final Identifier policy;
}
{
    share = Name()
    <IN> <GROUP> group = Text("GROUP")
    <POLICY> policy = Name()
    { return new PolicyStatement.CreateShare(share, group, policy); }
}

Statement DropShare() :
{
    final Identifier share;
}
{
    share = Name()
    { return new PolicyStatement.DropShare(share); }
}
