Statement CreateTeam() :
{
    final boolean ifNotExists;
    final Identifier team;
    Value id = null;
}
{
    ifNotExists = IfNotExists()
    team = Name()
    [ <ID> <UUID> id = Text("UUID") ]
    { return new AccessStatement.CreateTeam(ifNotExists, team, Optional.ofNullable(id)); }
}

Statement AlterTeam() :
{
    final Identifier team;
    final Keyword change;
    final Identifier user;
}
{
    team = Name()
    change = Choice(MemberChange.values())
    <MEMBER> user = Name()
    { return new AccessStatement.AlterTeam(team, (MemberChange) change, user); }
}

Statement DropTeam() :
{
    final Identifier team;
}
{
    team = Name()
    { return new AccessStatement.DropTeam(team); }
}

Statement AlterTable() :
{
    final TableName table;
    boolean enabled = false;
}
{
    table = Table()
    ( <ENABLE> { enabled = true; } | <DISABLE> )
    <ROW> <LEVEL> <SECURITY>
    { return new AccessStatement.SetRowSecurity(table, enabled); }
}

Statement CreatePolicy() :
{
    final Identifier policy;
    final TableName table;
    Keyword command = PolicyCommand.ALL;
    List<Identifier> roles = Collections.emptyList();
    Predicate using = null;
    Predicate withCheck = null;
}
{
    policy = Name()
    <ON> table = Table()
    [ <FOR> command = Choice(PolicyCommand.values()) ]
    [ <TO> roles = Roles() ]
    [ <USING> <LPAREN> using = Condition() <RPAREN> ]
    [ <WITH> <CHECK> <LPAREN> withCheck = Condition() <RPAREN> ]
    {
        return new AccessStatement.CreatePolicy(
            policy, table, (PolicyCommand) command, roles, Optional.ofNullable(using), Optional.ofNullable(withCheck));
    }
}

/** The roles of a policy; PUBLIC is none. */
List<Identifier> Roles() :
{
    final List<Identifier> roles;
}
{
    <PUBLIC> { return Collections.<Identifier>emptyList(); }
|
    roles = Names() { return roles; }
}

Statement DropPolicy() :
{
    final boolean ifExists;
    final Identifier policy;
    final TableName table;
}
{
    ifExists = IfExists()
    policy = Name()
    <ON> table = Table()
    { return new AccessStatement.DropPolicy(ifExists, policy, table); }
}

Statement CreateInvitation() :
{
    Value location = null;
    Identifier team = null;
    Identifier user = null;
    Keyword role = null;
    Identifier policy = null;
    AccessStatement.Expiry expiry = null;
}
{
    [ <TO> location = Text("LOCATION") ]
    [ <FOR> <TEAM> team = Name() ]
    [ <AS> <USER> user = Name() ]
    [ <ROLE> role = Choice(NodeRole.values()) ]
    [ <POLICY> policy = Name() ]
    [ <EXPIRES> <IN> expiry = Expiry() ]
    {
        return new AccessStatement.CreateInvitation(
            Optional.ofNullable(location), Optional.ofNullable(team), Optional.ofNullable(user),
            Optional.ofNullable((NodeRole) role), Optional.ofNullable(policy), Optional.ofNullable(expiry));
    }
}

AccessStatement.Expiry Expiry() :
{
    final Value amount;
    final Keyword unit;
}
{
    amount = WholeNumber("EXPIRES IN")
    unit = Choice(ExpiryUnit.values())
    { return new AccessStatement.Expiry(amount, (ExpiryUnit) unit); }
}

Statement RotateSyncKey() :
{
    Identifier team = null;
}
{
    [ <FOR> <TEAM> team = Name() ]
    { return new AccessStatement.RotateSyncKey(Optional.ofNullable(team)); }
}
