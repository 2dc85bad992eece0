using System.Text.Json;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Policies;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Tests.Auditing;

/// <summary>Facts of a run, told one after the other, and what becomes of them.</summary>
internal sealed class RunScene
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 24, 10, 0, 0, TimeSpan.Zero);
    private int _line;

    public RunScene(bool policy = false, AuditOptions? options = null, string root = "/code/repo", CiContext? ci = null)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        if (policy)
        {
            settings[PolicyOptions.SettingsName] = new PolicyOptions { AllowsByDefault = false }.ToJson();
        }

        if (options is not null)
        {
            settings[AuditOptions.SettingsName] = options.ToJson();
        }

        Start = new RunStart
        {
            At = Begin,
            RunId = "20260124T100000Z-1a2b3c4d",
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            SpanId = "00f067aa0ba902b7",
            Command = ["claude", "-p"],
            Folder = root,
            Root = root,
            Agent = "claude-code",
            Ci = ci ?? new CiContext { Platform = "github", Actor = new CiActor("octocat"), Repository = "acme/shop", Branch = "fix/prices", Commit = "1f2e3d4c5b6a79880716253443526170fedcba98" },
            Limits = new RunLimits { MemoryBytes = 1 },
            Settings = settings,
            RedactionKey = Convert.ToBase64String(new byte[32]),
            RunnerVersion = "1",
        };
    }

    public RunStart Start { get; init; }

    public List<RunFact> Facts { get; } = [];

    /// <summary>Records in the order in which they were told of.</summary>
    public List<AuditRecord> Told { get; } = [];

    public static Redactor Redactor { get; } = new(new RedactionOptions { Key = new byte[32] });

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public RunScene Call(string id, string tool, string input)
    {
        Facts.Add(new ToolCalled { At = Next(), Line = _line, ToolUseId = id, Name = tool, Input = Json(input) });
        return this;
    }

    public RunScene Return(string id, bool error = false, string? text = null, string? details = null)
    {
        Facts.Add(new ToolReturned { At = Next(), Line = _line, ToolUseId = id, IsError = error, Text = text, Details = details is null ? null : Json(details) });
        return this;
    }

    public RunScene Denied(string? id, string? tool = null, string? input = null, string? reason = null)
    {
        Facts.Add(new PermissionDenied { At = Next(), Line = _line, ToolUseId = id, ToolName = tool, Input = input is null ? null : Json(input), Reason = reason });
        return this;
    }

    public RunScene With(IEnumerable<RunFact> facts)
    {
        Facts.AddRange(facts);
        return this;
    }

    public RunScene Result(params DeniedCall[] denials)
    {
        Facts.Add(new ResultReported { At = Next(), Line = _line, Subtype = "success", Denials = denials });
        return this;
    }

    public RunScene Decide(string id, bool allow, string policy = "rule-1", bool enforced = true, string? reason = null)
    {
        Facts.Add(new PolicyDecided { At = Next(), ToolUseId = id, Allow = allow, PolicyId = policy, Reasons = reason is null ? [] : [reason], Source = "rules", Enforced = enforced });
        return this;
    }

    public RunScene Session(string folder)
    {
        Facts.Add(new SessionStarted { At = Next(), Line = _line, SessionId = "s-1", Folder = folder });
        return this;
    }

    public RunScene Changed(params WorkTreeChange[] changes) => Changed([], changes);

    public RunScene Changed(IReadOnlyList<WorkTreeLink> links, params WorkTreeChange[] changes)
    {
        Facts.Add(new WorkTreeChanged { At = Next(), Method = "git", Changes = changes, Links = links });
        return this;
    }

    public AuditReading Read(IEnumerable<RunFact>? facts = null, bool complete = true)
    {
        Told.Clear();
        var reading = new AuditReading(Start, Redactor, Told.Add);
        foreach (var fact in facts ?? Facts)
        {
            reading.Take(fact);
        }

        if (complete)
        {
            reading.Complete();
        }

        return reading;
    }

    private DateTimeOffset Next() => Begin.AddSeconds(++_line);
}
