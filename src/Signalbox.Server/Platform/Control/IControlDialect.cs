namespace Signalbox.Server.Platform.Control;

/// <summary>What the databases of the control plane say differently; everything else is written once.</summary>
/// <remarks>
/// <para>
/// Written once means: booleans are integers 0 and 1, as columns and as parameters (<c>disabled = 0</c>, <c>@all = 1 OR …</c>); limits are
/// <c>LIMIT n OFFSET m</c>, with <see cref="NoLimit"/> where all is wanted; a <c>LIMIT</c> within <c>IN (…)</c> stands in a derived table of its own
/// (<c>IN (SELECT id FROM (SELECT id … LIMIT 5) AS few)</c>); a subquery never reads the table that its UPDATE writes; and no SET reads a column that an
/// earlier assignment of the same SET has written, because MySQL would see the new value.
/// </para>
/// <para>Texts compare by their bytes everywhere. Thread-safe.</para>
/// </remarks>
internal interface IControlDialect
{
    /// <summary>The greatest LIMIT, which every database takes.</summary>
    const string NoLimit = "9223372036854775807";

    ControlEngine Engine { get; }

    /// <summary>An expression: the database's clock, in milliseconds since 1970 UTC; the same for all rows of a statement where indexes are to be used.</summary>
    string NowMs { get; }

    /// <summary>Whether INSERT, UPDATE and DELETE can give rows back (<c>RETURNING</c>).</summary>
    bool HasReturning { get; }

    /// <summary>Ends a SELECT whose rows are locked until the transaction ends; empty where there is one writer anyhow.</summary>
    string ForUpdate { get; }

    /// <summary>Like <see cref="ForUpdate"/>, passing by rows that somebody else has locked.</summary>
    string ForUpdateSkipLocked { get; }

    /// <summary>The column type for each type token of a migration, in the order in which they are replaced.</summary>
    IReadOnlyDictionary<string, string> Types { get; }

    /// <summary>A source for FROM or JOIN: the objects of a JSON array, one a row.</summary>
    /// <param name="parameter">Name of the parameter with the array's text, without its <c>@</c>.</param>
    /// <param name="columns">Members, which are also the columns' names; an absent member is null.</param>
    string JsonRows(string parameter, string alias, params IReadOnlyList<JsonColumn> columns);

    /// <summary>An INSERT that leaves a row alone whose key is there already, and does not count it.</summary>
    /// <param name="rows">What follows INSERT INTO, such as <c>things (id) VALUES (@id)</c>; a SELECT must end with its WHERE (<c>WHERE TRUE</c>).</param>
    /// <remarks>MySQL forgives values that do not fit, too, so they are checked beforehand.</remarks>
    string InsertIgnore(string rows);

    /// <summary>An INSERT that changes the row whose key is there already.</summary>
    /// <param name="rows">As for <see cref="InsertIgnore"/>.</param>
    /// <param name="key">The columns of the key; MySQL heeds every unique key of the table.</param>
    /// <param name="set">Assignments; <c>excluded.x</c> is the value that was to be inserted, <c>things.x</c> the one that is there.</param>
    string Upsert(string rows, string key, string set);

    /// <summary>An UPDATE of the rows of one table that go with rows of another.</summary>
    /// <param name="source">Such as <see cref="JsonRows"/>; none of its columns may have the name of a column that <paramref name="set"/> writes.</param>
    string UpdateFrom(string table, string source, string on, string set);

    /// <summary>The greatest of values of which none is null.</summary>
    string Greatest(params IReadOnlyList<string> values);

    /// <summary>The least of values of which none is null.</summary>
    string Least(params IReadOnlyList<string> values);

    /// <summary>An expression as a 64-bit whole number: sums and quotients have other types in some databases.</summary>
    string WholeNumber(string expression);

    /// <summary>A row with this key is there already.</summary>
    bool IsUniqueViolation(Exception exception);

    /// <summary>Nothing was changed, and the same work may succeed when it is tried again: a deadlock, a conflict, a lock that was not had in time.</summary>
    bool IsTransient(Exception exception);

    /// <summary>The database could not be reached or went away; whether the work in hand was done is not known.</summary>
    bool IsUnavailable(Exception exception);

    bool IsDiskFull(Exception exception);

    /// <summary>A text holds a character that this database keeps in no text.</summary>
    bool IsUnfitText(Exception exception);
}

/// <summary>One member of the objects that <see cref="IControlDialect.JsonRows"/> reads.</summary>
internal sealed record JsonColumn(string Name, JsonColumnType Type)
{
    public static JsonColumn Text(string name) => new(name, JsonColumnType.Text);

    /// <summary>A 64-bit whole number; booleans are written as 0 and 1.</summary>
    public static JsonColumn Integer(string name) => new(name, JsonColumnType.Integer);

    public static JsonColumn Real(string name) => new(name, JsonColumnType.Real);
}

/// <summary>What a member of such an object holds.</summary>
internal enum JsonColumnType
{
    Text,
    Integer,
    Real,
}
