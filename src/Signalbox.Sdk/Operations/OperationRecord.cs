namespace Signalbox.Sdk.Operations;

/// <summary>How one run of an operation went.</summary>
/// <param name="Name">The operation's name, one of few: it becomes a label.</param>
/// <param name="Duration">From its call to its end.</param>
/// <param name="MemoryDelta">Bytes in use on the managed heap after it less those before, of the whole process: what others did meanwhile and what was collected is in it, so it may be negative.</param>
/// <param name="Error">What it threw; null when it succeeded.</param>
public sealed record OperationRecord(string Name, DateTimeOffset StartedAt, TimeSpan Duration, long MemoryDelta, Exception? Error)
{
    public bool Succeeded => Error is null;
}
