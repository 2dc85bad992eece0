using Signalbox.Server.Platform;

namespace Signalbox.Server.Audit.Anchors;

/// <summary>Tells operators how far the anchors are behind.</summary>
internal sealed class AnchorStatus(AnchorMetrics metrics, Readiness readiness)
{
    private const string Part = "audit-anchors";
    private const int MostIntervals = 5;

    public void Sent() => metrics.Sent();

    public void Failed() => metrics.Failed();

    /// <param name="age">How long the oldest event that is under no anchored checkpoint has waited.</param>
    public void Tell(TimeSpan age, AnchorOptions options)
    {
        metrics.Age(age);
        readiness.Note(Part, age > options.Interval * MostIntervals ? "an anchor of the audit log lags" : null);
    }
}
