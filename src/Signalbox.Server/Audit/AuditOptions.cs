using Signalbox.Server.Audit.Anchors;
using Signalbox.Server.Audit.Files;
using Signalbox.Server.Audit.Filters;
using Signalbox.Server.Audit.Keys;
using Signalbox.Server.Audit.Retention;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Audit.Sequencing;
using Signalbox.Server.Audit.Vocabulary;
using Signalbox.Server.Platform.Audit;
using Signalbox.Settings;

namespace Signalbox.Server.Audit;

/// <summary>The bounds of the audit log.</summary>
internal sealed record AuditOptions
{
    /// <summary>Searches that people keep.</summary>
    public required FilterOptions Filters { get; init; }

    /// <summary>What applications report.</summary>
    public required VocabularyOptions Vocabulary { get; init; }

    /// <summary>What signs the log.</summary>
    public required KeyOptions Keys { get; init; }

    /// <summary>The log as a file of JSON lines, too.</summary>
    public required FileSinkOptions File { get; init; }

    /// <summary>Memory and work of the search.</summary>
    public required SearchOptions Search { get; init; }

    /// <summary>What waits for the log.</summary>
    public required SequencingOptions Sequencing { get; init; }

    /// <summary>How long it is kept.</summary>
    public required RetentionOptions Retention { get; init; }

    /// <summary>Requests that come often.</summary>
    public required AuditRequestOptions Requests { get; init; }

    /// <summary>Where checkpoints go, and whose are witnessed.</summary>
    public required AnchorOptions Anchors { get; init; }

    public static AuditOptions Read(SettingsReader settings) => new()
    {
        Vocabulary = VocabularyOptions.Read(settings),
        Filters = FilterOptions.Read(settings),
        Requests = AuditRequestOptions.Read(settings),
        Keys = KeyOptions.Read(settings),
        File = FileSinkOptions.Read(settings),
        Search = SearchOptions.Read(settings),
        Sequencing = SequencingOptions.Read(settings),
        Retention = RetentionOptions.Read(settings),
        Anchors = AnchorOptions.Read(settings),
    };
}
