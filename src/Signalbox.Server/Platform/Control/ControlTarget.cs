using System.Globalization;
using Signalbox.Settings;

namespace Signalbox.Server.Platform.Control;

/// <summary>Where the control plane lives, as <c>storage.control</c> says it.</summary>
internal sealed record ControlTarget(ControlEngine Engine)
{
    public const string Key = "storage.control";

    private const string Allowed = "Write sqlite, postgres://user:password@host:5432/database or mysql://user:password@host:3306/database; characters such as @ : / # in the password are written as %40 %3A %2F %23.";

    private static readonly string[] Modes = ["disable", "prefer", "require", "verify-ca", "verify-full"];

    public static ControlTarget Sqlite { get; } = new(ControlEngine.Sqlite);

    public string Host { get; init; } = string.Empty;

    public int Port { get; init; }

    public string Database { get; init; } = string.Empty;

    public string User { get; init; } = string.Empty;

    /// <summary>Null for none.</summary>
    public string? Password { get; init; }

    /// <summary>One of disable, prefer, require, verify-ca, verify-full.</summary>
    public string SslMode { get; init; } = "prefer";

    /// <summary>A PEM file with the authority that signed the server's certificate; null for the system's.</summary>
    public string? RootCertificate { get; init; }

    public static ControlTarget Read(SettingsReader settings)
    {
        var text = settings.Text(
            Key, "sqlite", "Where the control plane lives: sqlite (a file of the data folder), or a postgres:// or mysql:// URL that several instances share; see docs/storage.md. Keep a URL with a password in the environment.");
        if (TryParse(text, out var target) is { } error)
        {
            settings.Fail(Key, error);
        }

        return target;
    }

    /// <summary>Null when <paramref name="text"/> was read, otherwise what is wrong with it, without anything that may be a secret.</summary>
    public static string? TryParse(string text, out ControlTarget target)
    {
        target = Sqlite;
        if (text == "sqlite")
        {
            return null;
        }

        var separator = text.IndexOf("://", StringComparison.Ordinal);
        ControlEngine? engine = separator < 0 ? null : text[..separator] switch
        {
            "postgres" or "postgresql" => ControlEngine.PostgreSql,
            "mysql" or "mariadb" => ControlEngine.MySql,
            _ => null,
        };
        if (engine is null || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            return Allowed;
        }

        var user = uri.UserInfo.Split(':', 2);
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (uri.Host.Length == 0 || user[0].Length == 0 || database.Length == 0 || database.Contains('/', StringComparison.Ordinal) || uri.Fragment.Length > 0)
        {
            return $"The URL must name a user, a host and a database. {Allowed}";
        }

        var parsed = new ControlTarget(engine.Value)
        {
            Host = uri.IdnHost.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : engine == ControlEngine.PostgreSql ? 5432 : 3306,
            Database = database,
            User = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        return ReadParameters(uri.Query, ref parsed) is { } error ? error : Accept(parsed, out target);
    }

    /// <summary>Takes the password out of a text that is to be shown.</summary>
    public string Redact(string text) => string.IsNullOrEmpty(Password) ? text : text.Replace(Password, "***", StringComparison.Ordinal);

    /// <summary>The URL without the password.</summary>
    public override string ToString() => Engine == ControlEngine.Sqlite
        ? "sqlite"
        : string.Create(CultureInfo.InvariantCulture, $"{(Engine == ControlEngine.PostgreSql ? "postgres" : "mysql")}://{User}@{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{Database}");

    private static string? Accept(ControlTarget parsed, out ControlTarget target)
    {
        target = parsed;
        return null;
    }

    private static string? ReadParameters(string query, ref ControlTarget target)
    {
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty;
            switch (parts[0])
            {
                case "sslmode" when Modes.Contains(value, StringComparer.Ordinal):
                    target = target with { SslMode = value };
                    break;
                case "sslmode":
                    return $"sslmode must be one of {string.Join(", ", Modes)}.";
                case "sslrootcert" when value.Length > 0:
                    target = target with { RootCertificate = value };
                    break;
                default:
                    return "After the ? of the URL only sslmode=… and sslrootcert=FILE are known.";
            }
        }

        return null;
    }
}
