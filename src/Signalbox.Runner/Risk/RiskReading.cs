using Signalbox.Runner.Auditing;
using Signalbox.Runner.Auditing.Tools;
using Signalbox.Runner.Facts;
using Signalbox.Runner.Readings.Report;
using Signalbox.Runner.WorkTree;

namespace Signalbox.Runner.Risk;

/// <summary>Scores how closely a reviewer should look at a run, from what it touched and what it was kept from.</summary>
internal sealed class RiskReading(RunStart start, AuditReading audit)
{
    /// <summary>Actions on the platform that are more than words.</summary>
    private static readonly HashSet<string> Talk = new(StringComparer.Ordinal)
    {
        "platform/post_comment", "platform/update_comment", "platform/set_label", "platform/create_issue", "platform/update_issue", "platform/close_issue", "platform/create_pr", "platform/update_pr", "platform/set_status",
    };

    private readonly RiskOptions _options = RiskOptions.Of(start);

    /// <summary>To be asked when the audit's facts are complete.</summary>
    public RiskReport Report(OutcomeReport outcome)
    {
        var findings = new RiskFindings(_options);
        var records = audit.Records.ToList();
        AddPaths(findings, records);
        AddContents(findings);
        AddConduct(findings, records, outcome);
        return findings.Report;
    }

    private static string Files(int count, string what) => count == 1 ? $"1 file {what}." : FormattableString.Invariant($"{count} files {what}.");

    private static bool IsOutside(string path) => path is ['/', ..] or [_, ':', '/', ..];

    private void AddPaths(RiskFindings findings, List<AuditRecord> records)
    {
        var edited = records.Where(static record => record is { Action: ToolTarget.EditFile, Outcome: AuditRecord.Succeeded }).Select(static record => record.Resource);
        var touched = audit.Changes.Select(static change => change.Path).Concat(edited).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        AddTouched(RiskRule.SecretFiles, "whose names promise secrets changed");
        AddTouched(RiskRule.CiFiles, "that CI runs by changed");
        AddTouched(RiskRule.Permissions, "that say who and what is allowed changed");
        AddTouched(RiskRule.Infrastructure, "of the infrastructure changed");
        AddTouched(RiskRule.Migrations, "of database migrations changed");
        AddTouched(RiskRule.Dependencies, "that name dependencies changed");
        findings.Add(RiskRule.Outside, [.. touched.Where(IsOutside)], static count => Files(count, "outside the repository changed"));

        void AddTouched(string rule, string what) => findings.Add(rule, [.. touched.Where(path => Is(rule, path))], count => Files(count, what));
    }

    private bool Is(string rule, string path) => _options.PathsOf(rule).Any(pattern => PathGlob.Matches(pattern, path));

    private void AddContents(RiskFindings findings)
    {
        var changes = audit.Changes;
        findings.Add(RiskRule.SecretFound, [.. changes.Where(static change => DiffText.AddsSecret(change.Diff)).Select(static change => change.Path)], static count => Files(count, "got a secret"));
        var tests = changes.Where(change => Is(RiskRule.TestRemoval, change.Path)).ToList();
        findings.Add(
            RiskRule.TestRemoval,
            [.. tests.Where(static change => change.Kind == "deleted" || DiffText.RemovesAssertions(change.Diff)).Select(static change => change.Path)],
            static count => Files(count, "of tests went or lost assertions"));
        findings.Add(RiskRule.Deletions, [.. changes.Where(static change => change.Kind == "deleted").Select(static change => change.Path)], static count => Files(count, "deleted"));
        if (start.Agent is not null)
        {
            // A plain command, such as a build, has no events of editing tools at all; that it writes files says nothing.
            findings.Add(RiskRule.Unattributed, [.. changes.Where(static change => !change.Attributed).Select(static change => change.Path)], static count => Files(count, "changed without an event that tells of it"));
        }

        var lines = changes.Sum(static change => (change.LinesAdded ?? 0) + (change.LinesRemoved ?? 0));
        var share = lines >= 5000 || changes.Count >= 200 ? 8 : lines >= 1000 || changes.Count >= 50 ? 4 : lines >= 200 || changes.Count >= 20 ? 2 : 0;
        findings.AddShare(RiskRule.Size, share, FormattableString.Invariant($"{lines} lines in {changes.Count} files changed."), []);
    }

    private void AddConduct(RiskFindings findings, List<AuditRecord> records, OutcomeReport outcome)
    {
        findings.Add(
            RiskRule.Denied,
            [.. audit.Tools.Denials.Select(static denial => denial.Resource ?? denial.ToolUseId ?? denial.Tool ?? "unknown")],
            static count => count == 1 ? "1 call was refused." : FormattableString.Invariant($"{count} calls were refused."));
        findings.Add(
            RiskRule.NotEnforced,
            [.. records.Where(record => IsAgainstPolicy(record, audit.Tools)).Select(static record => record.Resource)],
            static count => count == 1 ? "1 thing was done that the policy denies." : FormattableString.Invariant($"{count} things were done that the policy denies."));
        findings.Add(
            RiskRule.PlatformWrites,
            [.. records.Where(static record => record.Outcome == AuditRecord.Succeeded && record.Action.StartsWith("platform/", StringComparison.Ordinal) && !Talk.Contains(record.Action)).Select(static record => $"{record.Action["platform/".Length..]} {record.Resource}")],
            static count => count == 1 ? "1 change was made on the code platform." : FormattableString.Invariant($"{count} changes were made on the code platform."));
        if (outcome.Reason is not (OutcomeReasons.Completed or OutcomeReasons.Running))
        {
            findings.AddShare(RiskRule.FailedRun, 4, $"The run did not end well: {outcome.Reason}.", []);
        }
    }

    /// <summary>Done although a policy denies it: it was only recorded, or the agent did not heed it.</summary>
    private static bool IsAgainstPolicy(AuditRecord record, ToolReading tools) =>
        record.ToolUseId is { } id && tools.Find(id) is { Decision.Allow: false, Returned.IsError: false } && record.PolicyId != AuditRecord.NoPolicy;
}
