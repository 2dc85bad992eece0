using Signalbox.Settings;

namespace Signalbox.Server.Platform.Leases;

/// <summary>Where leases are kept, and their bounds.</summary>
/// <param name="Prefix">Begins every key in Redis and etcd, so that several installations can share one.</param>
/// <param name="Timeout">How long one call to the provider may take.</param>
/// <param name="Held">Most leases of this process at a time; more are refused and counted.</param>
/// <param name="Waiting">Most callers of this process that wait for a lease; more are refused and counted.</param>
/// <param name="Retention">How long the control database keeps a name that nobody uses.</param>
internal sealed record LeaseOptions(LeaseAddress Provider, string Prefix, TimeSpan Timeout, int Held, int Waiting, TimeSpan Retention)
{
    private const string ProviderKey = "locks.provider";
    private const string AuthorityKey = "locks.ca";

    public static LeaseOptions Read(SettingsReader settings) => new(
        ReadProvider(settings),
        ReadPrefix(settings),
        settings.Duration("locks.timeout", TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), "How long one call to the provider of locks may take."),
        (int)settings.Integer("locks.held", 10_000, 1, 1_000_000, "Most locks that one process holds at the same time; more are refused."),
        (int)settings.Integer("locks.waiting", 10_000, 1, 1_000_000, "Most callers of one process that wait for locks; more are refused."),
        settings.Duration("locks.retention", TimeSpan.FromDays(90), TimeSpan.FromDays(1), TimeSpan.FromDays(3650), "How long the control database keeps the row of a lock's name that nobody uses."));

    private static LeaseAddress ReadProvider(SettingsReader settings)
    {
        var text = settings.Text(ProviderKey, "database", "Where locks are kept: database, redis://[:PASSWORD@]HOST:PORT[/NUMBER] or etcd://[USER:PASSWORD@]HOST:PORT,…; with TLS rediss:// or etcds://.");
        var user = settings.OptionalText("locks.user", "User of etcd, instead of one in locks.provider.");
        var password = settings.OptionalText("locks.password", "Password of Redis or etcd, instead of one in locks.provider; best given as SIGNALBOX_LOCKS__PASSWORD.");
        var authority = settings.OptionalText(AuthorityKey, "PEM file with the authorities that may have signed the certificates of rediss:// or etcds://; without it those of the machine.");
        if (!LeaseAddress.TryParse(text, out var address, out var problem))
        {
            settings.Fail(ProviderKey, problem);
            return LeaseAddress.Database;
        }

        address = address with { User = user ?? address.User, Password = password ?? address.Password, AuthorityFile = authority is null ? null : Path.GetFullPath(authority, Path.GetFullPath(settings.BaseFolder)) };
        if (address is { Kind: LeaseKind.Redis, User: not null })
        {
            settings.Fail(ProviderKey, "Redis is asked with the password of its default user; write redis://:PASSWORD@HOST, without a user's name.");
        }
        else if (address.Kind == LeaseKind.Etcd && address.User is null != address.Password is null)
        {
            settings.Fail(ProviderKey, "etcd takes a user and a password, or neither.");
        }
        else if (address.AuthorityFile is { } file && !File.Exists(file))
        {
            settings.Fail(AuthorityKey, $"There is no file {file}.");
        }

        return address;
    }

    private static string ReadPrefix(SettingsReader settings)
    {
        var prefix = settings.Text("locks.prefix", "signalbox", "Begins every key of locks in Redis and etcd, so that several installations can share one.");
        if (prefix.Contains('/', StringComparison.Ordinal) || prefix.Length > 50 || !LeaseName.TryParse(prefix, out _))
        {
            settings.Fail("locks.prefix", "Write at most 50 letters, digits and . _ : -");
        }

        return prefix;
    }
}
