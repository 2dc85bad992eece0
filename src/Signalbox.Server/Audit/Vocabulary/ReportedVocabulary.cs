using Signalbox.Server.Platform.Audit;

namespace Signalbox.Server.Audit.Vocabulary;

/// <summary>What CI runs, agents and applications report without any settings.</summary>
internal sealed class ReportedVocabulary : IAuditVocabulary
{
    /// <summary>Also what Signalbox itself records when the whole of a run is reported to it.</summary>
    public static AuditResourceType Run { get; } = new("run", "A run of CI");

    public bool IsReported => true;

    public IReadOnlyList<AuditAction> Actions { get; } =
    [
        Of("tool_use/*", AuditActivity.Other, "An agent used a tool"),
        Of("tool_use/edit_file", AuditActivity.Update, "An agent changed a file"),
        Of("tool_use/create_file", AuditActivity.Create, "An agent created a file"),
        Of("tool_use/delete_file", AuditActivity.Delete, "An agent deleted a file"),
        Of("tool_use/read_file", AuditActivity.Read, "An agent read a file"),
        Of("tool_use/run_command", AuditActivity.Other, "An agent ran a command"),
        Of("platform/*", AuditActivity.Other, "Something was done on the code platform"),
        Of("platform/post_comment", AuditActivity.Create, "Posted a comment"),
        Of("platform/update_comment", AuditActivity.Update, "Changed a comment"),
        Of("platform/create_pr", AuditActivity.Create, "Opened a pull request"),
        Of("platform/update_pr", AuditActivity.Update, "Changed a pull request"),
        Of("platform/merge_pr", AuditActivity.Update, "Merged a pull request"),
        Of("platform/close_pr", AuditActivity.Update, "Closed a pull request"),
        Of("platform/review_pr", AuditActivity.Create, "Reviewed a pull request"),
        Of("platform/push", AuditActivity.Update, "Pushed commits"),
        Of("platform/tag", AuditActivity.Create, "Made a tag"),
        Of("platform/set_status", AuditActivity.Update, "Set the status of a commit"),
        Of("platform/set_label", AuditActivity.Update, "Changed labels"),
        Of("run.start", AuditActivity.Create, "A run started"),
        Of("run.finish", AuditActivity.Update, "A run ended"),
        Of("app/*", AuditActivity.Other, "Something that an application reports"),
        Of("app/create", AuditActivity.Create, "An application created something"),
        Of("app/update", AuditActivity.Update, "An application changed something"),
        Of("app/delete", AuditActivity.Delete, "An application deleted something"),
        Of("app/read", AuditActivity.Read, "An application read something"),
    ];

    public IReadOnlyList<AuditResourceType> ResourceTypes { get; } =
    [
        new("file", "A file of a repository"),
        new("command", "A command line"),
        new("tool", "A tool of an agent"),
        new("comment", "A comment on the code platform"),
        new("pull_request", "A pull request"),
        new("branch", "A branch"),
        new("commit", "A commit"),
        new("tag", "A tag"),
        new("repository", "A repository"),
        Run,
        new("app/*", "Something of an application"),
    ];

    private static AuditAction Of(string name, AuditActivity activity, string description) => new(name, AuditClass.Standard, activity, description);
}
