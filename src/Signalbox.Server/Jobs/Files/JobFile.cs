using Signalbox.Server.Jobs.Definitions;

namespace Signalbox.Server.Jobs.Files;

/// <summary>One job as a file defines it.</summary>
/// <param name="File">Relative to the folder.</param>
internal sealed record JobDocument(string File, int Line, YamlJson Yaml, JobDefinition Definition);

/// <summary>What the folder holds.</summary>
/// <param name="Failed">Files that do not hold, relative to the folder: their jobs stay as they are.</param>
internal sealed record JobFolder(IReadOnlyList<JobDocument> Documents, IReadOnlyList<FileError> Errors, IReadOnlySet<string> Failed)
{
    /// <summary>Number of files read.</summary>
    public required int Files { get; init; }
}
