using System.CommandLine;
using Signalbox.Server.Platform.Client;

namespace Signalbox.Server.Audit.Shell;

/// <summary>The flags that say which log a command works on: a server's, or that of a data folder or database without a server.</summary>
/// <param name="places">Reads settings: data folder and configuration file, each null where it is not given.</param>
internal sealed class AuditAccess(Func<string?, string?, AuditPlace> places)
{
    private const string DefaultTenant = "default";

    private readonly Option<string?> _config = new("--config") { Description = "Configuration file of the server whose log is read in its database, without the server.", HelpName = "FILE" };

    public ClientOptions Client { get; } = new();

    public void AddTo(Command command)
    {
        Client.AddTo(command);
        command.Options.Add(_config);
    }

    /// <summary>The place of the log, when a data folder or a configuration was named and no server; null otherwise.</summary>
    public AuditPlace? Place(ParseResult parsed)
    {
        var (data, config) = (parsed.GetValue<string?>("--data"), parsed.GetValue(_config));
        return (data is null && config is null) || parsed.GetValue<string?>("--server") is not null ? null : places(data, config);
    }

    /// <summary>The tenant whose log is read without a server.</summary>
    public static string Tenant(ParseResult parsed) => parsed.GetValue<string?>("--tenant") ?? ClientEnvironment.Current.Tenant ?? DefaultTenant;
}
