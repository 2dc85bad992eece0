using System.Globalization;
using Microsoft.Extensions.Logging;
using Signalbox.Runner.Agents;
using Signalbox.Runner.Agents.Claude;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Configuration;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Logging;
using Signalbox.Runner.Platforms;
using Signalbox.Runner.Policies;
using Signalbox.Runner.Readings;
using Signalbox.Runner.Risk;
using Signalbox.Runner.WorkTree;
using Signalbox.Sdk.Operations;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.App.Running;

/// <summary>A run that has a folder, a place in a trace and a log, and whose command has not started yet.</summary>
internal sealed record RunBeginning : IDisposable
{
    public required RunRequest Request { get; init; }

    public required RunFolder Folder { get; init; }

    /// <summary>Held as long as the run goes on.</summary>
    public required IDisposable? Held { get; init; }

    /// <summary>When the run began, as a timestamp of its clock.</summary>
    public required long Began { get; init; }

    /// <summary>As it stands in <c>run.json</c>.</summary>
    public required RunStart Start { get; init; }

    public required RunTrace Trace { get; init; }

    public required AgentChoice Agent { get; init; }

    public required Lazy<Redactor> Redactor { get; init; }

    public required RunnerLogging Logging { get; init; }

    /// <summary>The command as it is started: with the hook, where the agent takes one.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The work tree as it was; to be awaited before the command starts, or its first changes would count as what was before. Null when it is not compared.</summary>
    public required Task<WorkTreeSnapshot?> Before { get; init; }

    /// <summary>Makes the folder and writes down how the run begins.</summary>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of a right.</exception>
    public static RunBeginning Make(RunRequest request)
    {
        var options = request.Options;
        var key = SystemRandom.Bytes(32);
        var redactor = new Lazy<Redactor>(() => new Redactor(options.Redaction with { Key = key }));

        // Building it takes longer than all the rest, so that goes on beside it.
        ThreadPool.UnsafeQueueUserWorkItem(static lazy => _ = lazy.Value, redactor, preferLocal: false);
        var root = RepositoryFolder.Find(request.Folder) ?? request.Folder;
        var (now, began) = (request.Clock.GetUtcNow(), request.Clock.GetTimestamp());
        var folder = RunFolder.Create(Path.Combine(root, options.Runs.Folder), now);
        var held = folder.TryLock();
        var before = LookAsync(request, root, folder);
        var ci = CiDetection.Detect(request.Environment, request.Folder);
        var trace = RunTrace.Derive(ci, request.Environment, folder.RunId);
        var agent = AgentReaders.Find(options.Agent, request.Command);
        var logging = RunnerLogging.Open(
            options.Log,
            new RunnerLogContext { RunId = folder.RunId, TraceId = trace.TraceId, SpanId = trace.SpanId, CiRunId = ci.RunId },
            new RunnerLogTarget { Errors = request.Console.Errors, IsTerminal = request.Console.IsTerminal, File = folder.File(RunFiles.Log), Redactor = redactor, Clock = request.Clock });
        var start = new RunStart
        {
            At = now,
            RunId = folder.RunId,
            TraceId = trace.TraceId,
            SpanId = trace.SpanId,
            ParentSpanId = trace.ParentSpanId,
            Command = CommandWords.Redact(request.Command, redactor.Value),
            Folder = request.Folder,
            Root = root,
            Agent = agent.Name,
            Ci = ci,
            Limits = LimitsOf(options),
            Mapping = agent.Mapping,
            Settings = SettingsOf(options),
            RedactionKey = Convert.ToBase64String(key),
            RunnerVersion = ProductVersion.Text,
        };
        return new RunBeginning
        {
            Request = request,
            Folder = folder,
            Held = held,
            Began = began,
            Start = FactDocument.Write(folder.File(RunFiles.Start), start, FactsJson.Default.RunStart),
            Trace = trace,
            Agent = agent,
            Redactor = redactor,
            Logging = logging,
            Command = HookOf(request, agent, folder) ?? request.Command,
            Before = before,
        };
    }

    /// <summary>The folder of all runs.</summary>
    public string RunsFolder => Path.GetDirectoryName(Folder.Path)!;

    public ILogger LoggerOf<T>() => Logging.CreateLogger(typeof(T).FullName!);

    public void Dispose()
    {
        Logging.Dispose();
        Held?.Dispose();
    }

    /// <summary>Goes on beside the rest of the start.</summary>
    private static Task<WorkTreeSnapshot?> LookAsync(RunRequest request, string root, RunFolder folder) => request.Options.WorkTree.Enabled
        ? Task.Run(async () =>
        {
            var (at, began, memory) = (request.Clock.GetUtcNow(), request.Clock.GetTimestamp(), GC.GetTotalMemory(forceFullCollection: false));
            var tree = await WorkTreeSnapshot.TakeAsync(new WorkTreePlace(root, folder, request.Options.WorkTree, request.Environment), CancellationToken.None);
            tree.Taken = new OperationRecord(OwnSteps.WorkTreeBefore, at, request.Clock.GetElapsedTime(began), GC.GetTotalMemory(forceFullCollection: false) - memory, null);
            return (WorkTreeSnapshot?)tree;
        })
        : Task.FromResult<WorkTreeSnapshot?>(null);

    private static RunLimits LimitsOf(RunnerOptions options) => new()
    {
        MemoryBytes = options.Resources.LimitBytes,
        Tokens = options.Budget.Tokens,
        Usd = options.Budget.Usd,
        Minutes = options.Budget.Minutes,
        Turns = options.Budget.Turns,
    };

    /// <returns>The command with the hook; null where there is nothing to ask it about, or the agent takes none.</returns>
    private static IReadOnlyList<string>? HookOf(RunRequest request, AgentChoice agent, RunFolder folder)
    {
        var options = request.Options;
        var isOfUse = options.Policy.IsSet || options.Resources.LimitBytes > 0 || options.Budget is not { Tokens: 0, Usd: 0, Minutes: 0, Turns: 0 };
        return agent.Name == ClaudeCodeReader.AgentName && options.Agent.Hook && isOfUse
            ? HookInstallation.Install(folder, request.Command, HookInstallation.CommandOf(Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "cicd-runner.dll")))
            : null;
    }

    /// <summary>What was not set is not written down, and is read back as such.</summary>
    private static void Keep(Dictionary<string, string> settings, string name, bool isSet, Func<string> write)
    {
        if (isSet)
        {
            settings[name] = write();
        }
    }

    /// <summary>What the readings need, so that a replay takes these settings and not those of its day.</summary>
    private static Dictionary<string, string> SettingsOf(RunnerOptions options)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [RunSettings.TraceNames] = options.Trace.Names,
            [RunSettings.MaxSeries] = options.Metrics.MaxSeries.ToString(CultureInfo.InvariantCulture),
            [RunSettings.MaxLineBytes] = options.Agent.MaxLineBytes.ToString(CultureInfo.InvariantCulture),
        };
        Keep(settings, RiskOptions.SettingsName, options.Risk.IsSet, options.Risk.ToJson);
        Keep(settings, RunSettings.Prices, options.Prices.Table.Prices.Count > 0, options.Prices.Table.ToJson);
        Keep(settings, AuditOptions.SettingsName, options.Audit.IsSet, options.Audit.ToJson);
        Keep(settings, RunSettings.Redaction, RedactionSnapshot.IsNeededFor(options.Redaction), () => RedactionSnapshot.Write(options.Redaction));
        Keep(settings, PolicyOptions.SettingsName, options.Policy.IsSet, options.Policy.ToJson);
        return settings;
    }
}
