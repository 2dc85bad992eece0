namespace Signalbox.Server.Jobs.Running.Output;

/// <summary>Keeps the output of executions.</summary>
internal interface IOutputTable
{
    /// <summary>Makes all of <paramref name="changes"/>, or none.</summary>
    Task WriteAsync(IReadOnlyList<OutputChange> changes, CancellationToken cancellationToken);
}
