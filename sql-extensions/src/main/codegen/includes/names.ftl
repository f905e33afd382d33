/* What the statements are made of. A name is any word that H2 takes for one, so it cannot be a list of tokens. */

JAVACODE
Identifier Name() {
    return Parts.name(getNextToken());
}

JAVACODE
Keyword Choice(Keyword[] choices) {
    return Parts.choice(this, choices);
}

/* A word that cannot be a token of its own, because JavaCC reserves it. */
JAVACODE
void Word() {
    getNextToken();
}

/* Whether a name comes next. */
JAVACODE
boolean nameIsNext() {
    return Parts.nameIsNext(this);
}

/* Whether this word comes next, and after it a string or a parameter. */
JAVACODE
boolean stringIsNextAfter(int kind) {
    return getToken(1).kind == kind && (getToken(2).kind == QUOTED_STRING || getToken(2).kind == HOOK);
}

TableName Table() :
{
    Identifier first;
    Identifier second = null;
}
{
    first = Name() [ <DOT> second = Name() ]
    { return Parts.table(first, second); }
}

List<TableName> Tables() :
{
    final List<TableName> tables = new ArrayList<TableName>();
    TableName table;
}
{
    table = Table() { tables.add(table); }
    ( <COMMA> table = Table() { tables.add(table); } )*
    { return tables; }
}

List<Identifier> Names() :
{
    final List<Identifier> names = new ArrayList<Identifier>();
    Identifier name;
}
{
    name = Name() { names.add(name); }
    ( <COMMA> name = Name() { names.add(name); } )*
    { return names; }
}

List<Identifier> NamesInParentheses() :
{
    final List<Identifier> names;
}
{
    <LPAREN> names = Names() <RPAREN>
    { return names; }
}

Value Text(String what) :
{
}
{
    <QUOTED_STRING> { return Parts.text(token); }
|
    <HOOK> { return Parts.parameter(token, what, Value.Type.TEXT); }
}

Secret SecretText(String what) :
{
    final Value value;
}
{
    value = Text(what)
    { return new Secret(value); }
}

Value WholeNumber(String what) :
{
}
{
    <UNSIGNED_INTEGER_LITERAL> { return Parts.wholeNumber(token); }
|
    <HOOK> { return Parts.parameter(token, what, Value.Type.NUMBER); }
}

Value TextOrNumber(String what) :
{
    boolean negative = false;
}
{
    <QUOTED_STRING> { return Parts.text(token); }
|
    <HOOK> { return Parts.parameter(token, what, Value.Type.ANY); }
|
    [ <MINUS> { negative = true; } ]
    ( <UNSIGNED_INTEGER_LITERAL> | <DECIMAL_NUMERIC_LITERAL> | <APPROX_NUMERIC_LITERAL> )
    { return Parts.number(token, negative); }
}

Predicate Condition() :
{
    final Token start;
    final SqlNode expression;
}
{
    { start = getToken(1); }
    expression = Expression(ExprContext.ACCEPT_SUB_QUERY)
    { return Parts.predicate(start, token, expression); }
}

boolean IfNotExists() :
{
}
{
    <IF> <NOT> <EXISTS> { return true; }
|
    { return false; }
}

boolean IfExists() :
{
}
{
    <IF> <EXISTS> { return true; }
|
    { return false; }
}

Identifier InTopology() :
{
    final Identifier topology;
}
{
    <IN> <TOPOLOGY> topology = Name() { return topology; }
}
