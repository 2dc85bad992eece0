using System.Text.Json;

namespace Signalbox.Runner.Readings.Report;

/// <summary>Writes the parts of a report that tell who, where, and what was done.</summary>
internal static class ReportParts
{
    public static void Ci(Utf8JsonWriter writer, CiReport ci)
    {
        writer.Text("platform", ci.Platform);
        writer.Text("runId", ci.RunId);
        writer.Text("attempt", ci.Attempt);
        writer.Text("number", ci.Number);
        writer.Text("url", ci.Url);
        writer.Text("jobId", ci.JobId);
        writer.Text("jobName", ci.JobName);
        writer.Text("pipeline", ci.Pipeline);
        writer.Part("actor", ci.Actor, Actor);
        writer.Text("repository", ci.Repository);
        writer.Text("repositoryUrl", ci.RepositoryUrl);
        writer.Text("branch", ci.Branch);
        writer.Text("commit", ci.Commit);
        writer.Text("pullRequest", ci.PullRequest);
        writer.Text("event", ci.Event);
    }

    public static void Agent(Utf8JsonWriter writer, AgentReport agent)
    {
        writer.Text("name", agent.Name);
        writer.Text("version", agent.Version);
        writer.Text("model", agent.Model);
        writer.Text("sessionId", agent.SessionId);
        writer.Text("mapping", agent.Mapping);
    }

    public static void Outcome(Utf8JsonWriter writer, OutcomeReport outcome)
    {
        writer.Text("runId", outcome.RunId);
        writer.Text("traceId", outcome.TraceId);
        writer.Whole("exitCode", outcome.ExitCode);
        writer.Text("exitSource", outcome.ExitSource);
        writer.Text("reason", outcome.Reason);
        writer.Text("stoppedBy", outcome.StoppedBy);
        writer.Text("detail", outcome.Detail);
        writer.Whole("signal", outcome.Signal);
        writer.Whole("peakMemoryBytes", outcome.PeakMemoryBytes);
        writer.Whole("limitBytes", outcome.LimitBytes);
        writer.Whole("oomKills", outcome.OomKills);
        writer.Time("startedAt", outcome.StartedAt);
        writer.Time("finishedAt", outcome.FinishedAt);
        writer.Number("durationSeconds", outcome.DurationSeconds);
    }

    public static void Result(Utf8JsonWriter writer, ResultReport result)
    {
        writer.Text("subtype", result.Subtype);
        writer.Switch("isError", result.IsError);
        writer.Whole("turns", result.Turns);
        writer.Number("durationSeconds", result.DurationSeconds);
        writer.Number("apiSeconds", result.ApiSeconds);
        writer.Text("text", result.Text);
        writer.Texts("errors", result.Errors);
    }

    public static void Tool(Utf8JsonWriter writer, ToolReport tool)
    {
        writer.Text("name", tool.Name);
        writer.Whole("calls", tool.Calls);
        writer.Whole("failed", tool.Failed);
        writer.Whole("denied", tool.Denied);
        writer.Number("durationSeconds", tool.DurationSeconds);
    }

    public static void Change(Utf8JsonWriter writer, ChangeReport change)
    {
        writer.Text("path", change.Path);
        writer.Text("kind", change.Kind);
        writer.Whole("linesAdded", change.LinesAdded);
        writer.Whole("linesRemoved", change.LinesRemoved);
        writer.Whole("bytes", change.Bytes);
        writer.Switch("attributed", change.Attributed);
        writer.Texts("toolUseIds", change.ToolUseIds);
        writer.Text("diff", change.Diff);
    }

    public static void Denial(Utf8JsonWriter writer, DenialReport denial)
    {
        writer.Text("toolUseId", denial.ToolUseId);
        writer.Text("tool", denial.Tool);
        writer.Text("resource", denial.Resource);
        writer.Texts("signals", denial.Signals);
        writer.Text("reason", denial.Reason);
        writer.Text("policyId", denial.PolicyId);
    }

    public static void Audit(Utf8JsonWriter writer, AuditTotals totals)
    {
        writer.Whole("records", totals.Records);
        writer.Whole("denied", totals.Denied);
        writer.Whole("failed", totals.Failed);
        writer.Whole("unattributed", totals.Unattributed);
    }

    public static void Risk(Utf8JsonWriter writer, RiskReport risk)
    {
        writer.Number("score", risk.Score);
        writer.Text("level", risk.Level);
        writer.List("contributions", risk.Contributions, Contribution);
    }

    public static void Warning(Utf8JsonWriter writer, WarningReport warning)
    {
        writer.Text("code", warning.Code);
        writer.Text("message", warning.Message);
    }

    private static void Actor(Utf8JsonWriter writer, CiActorReport actor)
    {
        writer.Text("id", actor.Id);
        writer.Text("name", actor.Name);
    }

    private static void Contribution(Utf8JsonWriter writer, RiskContribution contribution)
    {
        writer.Text("rule", contribution.Rule);
        writer.Number("points", contribution.Points);
        writer.Text("reason", contribution.Reason);
        writer.Texts("resources", contribution.Resources);
    }
}
