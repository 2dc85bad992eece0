namespace Signalbox.Scheduling;

/// <summary>A run as somebody outside the scheduler saw it.</summary>
/// <param name="Id">Whatever tells it from others.</param>
/// <param name="End">Null when nobody saw it end; it then counts as running for ever.</param>
public sealed record ObservedRun(string Id, DateTimeOffset Start, DateTimeOffset? End);
