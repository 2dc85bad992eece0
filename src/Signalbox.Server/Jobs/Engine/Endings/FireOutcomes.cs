namespace Signalbox.Server.Jobs.Engine.Endings;

/// <summary>What becomes of a fire that got a run.</summary>
internal static class FireOutcomes
{
    public const string Ran = "ran";
    public const string Late = "late";

    /// <returns>Null for an execution that no schedule asked for.</returns>
    public static string? Of(EndingTarget target, TimeSpan lateAfter) => target switch
    {
        { TriggerKind: not "schedule" } or { StartedAtMs: null } => null,
        { StartedAtMs: { } started } => started > target.DueAtMs + (long)lateAfter.TotalMilliseconds ? Late : Ran,
    };
}
