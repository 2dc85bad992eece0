namespace Signalbox.Server.Audit.Anchors;

/// <summary>What the anchoring of checkpoints logs.</summary>
internal static partial class AnchorLog
{
    [LoggerMessage(20, LogLevel.Warning, "Audit: {Anchor} did not take the checkpoint of {Tenant}'s log (size {Size}): {Problem} It is tried again {Wait} later")]
    public static partial void AnchorFailed(this ILogger logger, string anchor, string tenant, long size, string problem, TimeSpan wait);

    [LoggerMessage(21, LogLevel.Error, "Audit: checkpoints could not be anchored")]
    public static partial void AnchoringFailed(this ILogger logger, Exception exception);

    [LoggerMessage(29, LogLevel.Warning, "Audit: which instance brings checkpoints to the anchors could not be settled, so this one does it too: {Problem}")]
    public static partial void AnchoringAlone(this ILogger logger, string problem);
}
