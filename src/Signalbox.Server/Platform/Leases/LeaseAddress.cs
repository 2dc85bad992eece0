using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Where leases are kept, as the setting writes it: <c>database</c>, <c>redis://[:password@]host[:port],…[/database]</c> or <c>etcd://[user:password@]host[:port],…</c>; with TLS <c>rediss</c> and <c>etcds</c>.</summary>
internal sealed record LeaseAddress
{
    public const int MaxEndpoints = 16;

    private const int MaxHostLength = 253;
    private const int MaxRedisDatabase = 1023;

    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");
    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("ABCDEFabcdef0123456789:.");

    public static LeaseAddress Database { get; } = new() { Kind = LeaseKind.Database };

    public required LeaseKind Kind { get; init; }

    public IReadOnlyList<LeaseEndpoint> Endpoints { get; init; } = [];

    public bool Tls { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Redis's number of a database.</summary>
    public int Number { get; init; }

    /// <summary>A PEM file with the authorities that may have signed the servers' certificates; null for those of the machine.</summary>
    public string? AuthorityFile { get; init; }

    /// <param name="problem">A sentence when the text is none of the forms.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out LeaseAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = text == "database" ? Database : null;
        problem = null;
        if (address is null && (problem = Parse(text, out var parsed)) is null)
        {
            address = parsed;
        }

        return address is not null;
    }

    /// <summary>Without the password.</summary>
    public override string ToString() => Kind == LeaseKind.Database
        ? "database"
        : $"{(Kind == LeaseKind.Redis ? "redis" : "etcd")}{(Tls ? "s" : string.Empty)}://{string.Join(',', Endpoints)}";

    private static string? Parse(string text, out LeaseAddress? address)
    {
        address = null;
        var split = text.IndexOf("://", StringComparison.Ordinal);
        if (split < 0 || text[..split] is not ("redis" or "rediss" or "etcd" or "etcds"))
        {
            return "Write database, redis://HOST:PORT or etcd://HOST:PORT,HOST:PORT (rediss and etcds with TLS).";
        }

        var kind = text.StartsWith('r') ? LeaseKind.Redis : LeaseKind.Etcd;
        var rest = text[(split + 3)..];
        var at = rest.LastIndexOf('@');
        var colon = at < 0 ? -1 : rest.IndexOf(':', 0, at);
        var user = at < 0 ? string.Empty : Uri.UnescapeDataString(rest[..(colon < 0 ? at : colon)]);
        var password = colon < 0 ? null : Uri.UnescapeDataString(rest[(colon + 1)..at]);
        rest = rest[(at + 1)..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var path = slash < 0 ? string.Empty : rest[(slash + 1)..];
        var number = 0;
        if (path.Length > 0 && (kind != LeaseKind.Redis || !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > MaxRedisDatabase))
        {
            return kind == LeaseKind.Redis ? "What follows the slash is the number of a Redis database, 0 to 1023." : "Nothing follows the hosts of etcd.";
        }

        var endpoints = new List<LeaseEndpoint>();
        foreach (var part in (slash < 0 ? rest : rest[..slash]).Split(','))
        {
            if (ParseEndpoint(part, kind == LeaseKind.Redis ? 6379 : 2379) is not { } endpoint)
            {
                return $"'{part}' is not HOST or HOST:PORT.";
            }

            endpoints.Add(endpoint);
        }

        address = new LeaseAddress
        {
            Kind = kind,
            Tls = text[..split] is "rediss" or "etcds",
            Endpoints = endpoints,
            User = user.Length == 0 ? null : user,
            Password = password is { Length: > 0 } ? password : null,
            Number = number,
        };
        return endpoints.Count > MaxEndpoints ? $"At most {MaxEndpoints} hosts are taken." : null;
    }

    private static LeaseEndpoint? ParseEndpoint(string text, int defaultPort)
    {
        var bracket = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : -1;
        var end = bracket > 0 ? bracket + 1 : text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? colon : text.Length;
        var host = bracket > 0 ? text[1..bracket] : text[..end];
        var port = defaultPort;
        var hasPort = end < text.Length;
        if (hasPort && (text[end] != ':' || !int.TryParse(text.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            return null;
        }

        var allowed = bracket > 0 ? AddressCharacters : HostCharacters;
        return host.Length is 0 or > MaxHostLength || host.AsSpan().IndexOfAnyExcept(allowed) >= 0 ? null : new LeaseEndpoint(host, port);
    }
}

/// <summary>The providers of leases.</summary>
internal enum LeaseKind
{
    Database,
    Redis,
    Etcd,
}

/// <summary>One server; a numeric IPv6 address stands without its brackets.</summary>
internal readonly record struct LeaseEndpoint(string Host, int Port)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
