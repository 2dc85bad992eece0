namespace Signalbox.Server.Jobs;

/// <summary>What the scheduler logs.</summary>
internal static partial class JobsLog
{
}
