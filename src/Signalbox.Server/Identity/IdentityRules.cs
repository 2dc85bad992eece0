using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity;

/// <summary>What every use case of this slice needs: its limits, the time, and new ids.</summary>
internal sealed class IdentityRules(IdentityOptions options, IdentityMetrics metrics, TimeProvider clock)
{
    public IdentityOptions Options => options;

    public TimeProvider Clock => clock;

    /// <summary>An id that sorts by its time of making.</summary>
    public string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    public Refusal LimitReached(string limit, string code, string detail)
    {
        metrics.LimitReached(limit);
        return Refusal.Conflict(code, detail);
    }
}
