namespace Signalbox.Server.Platform.Client;

/// <summary>What a client command takes from its environment.</summary>
internal sealed record ClientEnvironment(string? Server, string? Token, string? Data, string? Tenant)
{
    public static ClientEnvironment Current { get; } = new(
        Environment.GetEnvironmentVariable("SIGNALBOX_SERVER"),
        Environment.GetEnvironmentVariable("SIGNALBOX_TOKEN"),
        Environment.GetEnvironmentVariable("SIGNALBOX_DATA"),
        Environment.GetEnvironmentVariable("SIGNALBOX_TENANT"));
}
