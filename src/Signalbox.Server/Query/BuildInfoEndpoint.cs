using System.Reflection;
using System.Text.Json;
using Signalbox.Server.Query.Responses;

namespace Signalbox.Server.Query;

/// <summary>Tells clients which version of Prometheus's API they speak with, and which program stands behind it.</summary>
internal static class BuildInfoEndpoint
{
    /// <summary>The release of Prometheus whose API and language this one follows.</summary>
    private const string ApiVersion = "3.0.0";

    private static readonly BuildInfo Info = Describe(
        typeof(BuildInfoEndpoint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    public static async Task AnswerAsync(HttpContext context)
    {
        await using var envelope = Envelope.Begin(context, worthCompressing: false);
        JsonSerializer.Serialize(envelope.Json, Info, QueryJson.Default.BuildInfo);
        await envelope.CompleteAsync([], [], context.RequestAborted);
    }

    private static BuildInfo Describe(string version)
    {
        var parts = version.Split('+', 2);
        return new BuildInfo(ApiVersion, parts.Length > 1 ? parts[1] : string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, "Signalbox", parts[0]);
    }
}
