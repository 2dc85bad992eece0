namespace Signalbox.Server.Identity.Access;

/// <summary>The tenants that a token or a user reaches: its own, a list, or all there are and will be.</summary>
/// <remarks>Only admins of the tenant <c>default</c> may reach more than their own.</remarks>
internal sealed class TenantSpan
{
    public const string Everything = "*";

    private readonly string[] _names;

    private TenantSpan(bool all, string[] names)
    {
        All = all;
        _names = names;
    }

    public static TenantSpan Every { get; } = new(all: true, [Everything]);

    public bool All { get; }

    /// <summary>Whether it reaches more than one tenant.</summary>
    public bool IsWide => All || _names.Length > 1;

    /// <summary>As on the wire: names in order, or one asterisk.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <param name="home">Always reached.</param>
    /// <param name="more">Names beside it, or an asterisk; null for none.</param>
    public static TenantSpan Of(string home, IEnumerable<string>? more)
    {
        var names = (more ?? []).Append(home).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return names.Contains(Everything, StringComparer.Ordinal) ? Every : new TenantSpan(all: false, names);
    }

    /// <summary>Reads what <see cref="ToColumn"/> wrote; null is the home tenant alone.</summary>
    public static TenantSpan FromColumn(string home, string? column) => Of(home, column?.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public string? ToColumn() => IsWide ? string.Join(' ', _names) : null;

    public bool Includes(string tenant) => All || _names.Contains(tenant, StringComparer.Ordinal);

    public bool Covers(TenantSpan other) => All || (!other.All && other._names.All(Includes));
}
