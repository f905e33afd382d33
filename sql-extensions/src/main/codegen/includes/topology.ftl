Statement CreateTopology() :
{
    final boolean ifNotExists;
    final Identifier topology;
    Keyword pattern = TopologyPattern.CUSTOM;
    Identifier hub = null;
}
{
    ifNotExists = IfNotExists()
    topology = Name()
    [ <PATTERN> pattern = Choice(TopologyPattern.values()) ]
    [ <HUB> hub = Name() ]
    {
        return new TopologyStatement.Create(
            ifNotExists, topology, (TopologyPattern) pattern, Optional.ofNullable(hub));
    }
}

Statement AlterTopology() :
{
    final Identifier topology;
    final Identifier node;
    final NodePlace place;
    final Keyword pattern;
    Keyword role = NodeRole.CLIENT;
    Identifier hub = null;
}
{
    topology = Name()
    (
        <ADD> <NODE> node = Name()
        place = Place()
        [ <ROLE> role = Choice(NodeRole.values()) ]
        { return new TopologyStatement.AddNode(topology, node, place, (NodeRole) role); }
    |
        <DROP> <NODE> node = Name()
        { return new TopologyStatement.DropNode(topology, node); }
    |
        <SET> <PATTERN> pattern = Choice(TopologyPattern.values())
        [ <HUB> hub = Name() ]
        {
            return new TopologyStatement.SetPattern(
                topology, (TopologyPattern) pattern, Optional.ofNullable(hub));
        }
    )
}

NodePlace Place() :
{
    final Value location;
    final Optional<Credentials> credentials;
}
{
    <CURRENT> <DATABASE>
    { return new NodePlace.CurrentDatabase(); }
|
    <AT> location = Text("LOCATION")
    credentials = Credentials()
    { return new NodePlace.At(location, credentials); }
}

Optional<Credentials> Credentials() :
{
    final Value user;
    final Secret secret;
}
{
    <USER> user = Text("USER") <PASSWORD> secret = SecretText("PASSWORD")
    { return Optional.<Credentials>of(new Credentials.Password(user, secret)); }
|
    LOOKAHEAD({ Parts.wordIsNext(this, "TOKEN") })
    Word() secret = SecretText("TOKEN")
    { return Optional.<Credentials>of(new Credentials.Token(secret)); }
|
    { return Optional.<Credentials>empty(); }
}

Statement DropTopology() :
{
    final boolean ifExists;
    final Identifier topology;
}
{
    ifExists = IfExists()
    topology = Name()
    { return new TopologyStatement.Drop(ifExists, topology); }
}

/** What follows the word CONNECT. */
ConnectionStatement Connect() :
{
    Identifier source = null;
    final ConnectionStatement statement;
}
{
    (
        LOOKAHEAD({ nameIsNext() })
        source = Name() <TO> statement = ConnectTo(source)
    |
        <TO>
        (
            LOOKAHEAD({ stringIsNextAfter(INVITATION) })
            <INVITATION> statement = ConnectToInvitation()
        |
            LOOKAHEAD({ stringIsNextAfter(SHARE) })
            <SHARE> statement = ConnectToShare()
        |
            statement = ConnectTo(null)
        )
    )
    { return statement; }
}

ConnectionStatement ConnectToInvitation() :
{
    final Secret invitation;
}
{
    invitation = SecretText("INVITATION")
    { return new ConnectionStatement.ConnectToInvitation(invitation); }
}

ConnectionStatement ConnectToShare() :
{
    final Value share;
    Keyword mode = ConnectionMode.BIDIRECTIONAL;
}
{
    share = Text("SHARE")
    [ <MODE> mode = Choice(ConnectionMode.values()) ]
    { return new ConnectionStatement.ConnectToShare(share, (ConnectionMode) mode); }
}

ConnectionStatement ConnectTo(Identifier source) :
{
    final Peer target;
    Identifier topology = null;
    Keyword mode = ConnectionMode.BIDIRECTIONAL;
    Identifier policy = null;
    ConnectOptions withList = ConnectOptions.NONE;
}
{
    target = Peer()
    [ topology = InTopology() ]
    [ <MODE> mode = Choice(ConnectionMode.values()) ]
    [ <POLICY> policy = Name() ]
    [ <WITH> withList = Options() ]
    {
        return new ConnectionStatement.Connect(
            Optional.ofNullable(source), target, Optional.ofNullable(topology), (ConnectionMode) mode,
            Optional.ofNullable(policy), withList);
    }
}

Peer Peer() :
{
    final Identifier node;
    final Value location;
}
{
    LOOKAHEAD({ nameIsNext() })
    node = Name() { return new Peer.Node(node); }
|
    location = Text("LOCATION") { return new Peer.Location(location); }
}

ConnectOptions Options() :
{
    final OptionList withList = new OptionList();
}
{
    <LPAREN>
    Option(withList) ( <COMMA> Option(withList) )*
    <RPAREN>
    { return withList.build(); }
}

JAVACODE
void Option(OptionList withList) {
    withList.read(this);
}

Statement Disconnect() :
{
    Identifier source = null;
    final Peer target;
    Identifier topology = null;
}
{
    [ LOOKAHEAD({ nameIsNext() }) source = Name() ]
    <FROM> target = Peer()
    [ topology = InTopology() ]
    {
        return new ConnectionStatement.Disconnect(
            Optional.ofNullable(source), target, Optional.ofNullable(topology));
    }
}

Statement RevokeNode() :
{
    final Identifier node;
}
{
    node = Name()
    { return new ConnectionStatement.RevokeNode(node); }
}
