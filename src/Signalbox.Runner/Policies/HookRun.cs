using System.Text.Json;
using Signalbox.Runner.App;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Platforms;
using Signalbox.Runner.Readings;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Policies;

/// <summary>The run that a hook belongs to: its policy, and where its decisions are written down.</summary>
/// <param name="Start">How the run began, its policy with it.</param>
/// <param name="Folder">Null without a run: then the configuration of the working folder counts and nothing is written down.</param>
internal sealed record HookRun(RunStart Start, RunFolder? Folder, PolicyOptions Policy, AuditOptions Audit, Lazy<Redactor> Redactor)
{
    /// <param name="environment">Names the run's folder for everything that the run's command starts.</param>
    /// <exception cref="IOException">The environment names a run that cannot be read, or that is not as it began.</exception>
    /// <exception cref="JsonException">The same.</exception>
    /// <exception cref="Signalbox.Settings.SettingsException">Without a run: the configuration does not hold.</exception>
    public static HookRun Open(IReadOnlyDictionary<string, string> environment, string folder, TimeProvider clock)
    {
        if (environment.GetValueOrDefault(RunnerSettings.FolderVariable) is not { Length: > 0 } path)
        {
            return OfFolder(environment, folder, clock);
        }

        if (RunFolder.Open(path) is not { } run)
        {
            throw new IOException($"{path} holds no run.");
        }

        var bytes = File.ReadAllBytes(run.File(RunFiles.Start));
        if (environment.GetValueOrDefault(RunnerSettings.StartVariable) is { Length: > 0 } digest && digest != IdHash.Of(bytes))
        {
            throw new IOException($"{path} is not the run as it began: its policy was changed.");
        }

        var start = JsonSerializer.Deserialize(bytes, FactsJson.Default.RunStart) ?? throw new IOException($"{path} holds no run.");
        return new HookRun(start, run, PolicyOptions.Of(start), AuditOptions.Of(start), new Lazy<Redactor>(() => RedactionSnapshot.RedactorOf(start)));
    }

    /// <summary>Whether the run takes no new work at the moment.</summary>
    /// <returns>The refusal; null while it goes on.</returns>
    public PolicyDecided? Refusal(string toolUseId, DateTimeOffset now)
    {
        if (Folder is null)
        {
            return null;
        }

        // The runner writes it before the command starts, so whoever took it away did not want it to be read.
        var bytes = BoundedFile.ReadBytes(Folder.File(RunFiles.State), 65_536) ?? throw new JsonException("There is none.");

        using var document = JsonDocument.Parse(bytes);
        var (state, reason) = (Text(document.RootElement, "state"), Text(document.RootElement, "reason"));
        if (state is not ("refusing" or "stopping"))
        {
            return null;
        }

        var percent = document.RootElement.TryGetProperty("memoryPercent", out var value) && value.TryGetDouble(out var number) ? number : 0;
        var isBudget = reason?.StartsWith("budget", StringComparison.Ordinal) == true;
        return new PolicyDecided
        {
            At = now,
            ToolUseId = toolUseId,
            Allow = false,
            PolicyId = isBudget ? "runner/budget" : "runner/resources",
            Source = isBudget ? "budget" : "resources",
            Enforced = true,
            Reasons = [state == "stopping" ? $"The run is being ended ({reason ?? "stopped"}) and begins nothing new." : FormattableString.Invariant($"Memory is short ({percent:0} % of the run's limit): nothing new is begun until some is free.")],
        };
    }

    private static HookRun OfFolder(IReadOnlyDictionary<string, string> environment, string folder, TimeProvider clock)
    {
        var options = RunnerOptions.Read(RunnerSettings.Open(new Dictionary<string, string>(StringComparer.Ordinal), environment, null, folder));
        var start = new RunStart
        {
            At = clock.GetUtcNow(),
            RunId = string.Empty,
            TraceId = string.Empty,
            SpanId = string.Empty,
            Command = [],
            Folder = folder,
            Root = RepositoryFolder.Find(folder) ?? folder,
            Ci = CiDetection.Detect(environment, folder),
            Limits = new RunLimits { MemoryBytes = options.Resources.LimitBytes },
            RedactionKey = string.Empty,
            RunnerVersion = ProductVersion.Text,
        };
        return new HookRun(start, null, options.Policy, options.Audit, new Lazy<Redactor>(() => new Redactor(options.Redaction)));
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
