using System.Diagnostics.Metrics;

namespace Signalbox.Server.Identity;

/// <summary>What this slice counts.</summary>
internal sealed class IdentityMetrics
{
    public const string MeterName = "Signalbox.Identity";

    private readonly Counter<long> _refused;
    private readonly Counter<long> _cacheEvictions;
    private readonly Counter<long> _limits;
    private readonly Counter<long> _signIns;
    private readonly Counter<long> _slowdownEvictions;

    public IdentityMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _refused = meter.CreateCounter<long>("signalbox.identity.requests.refused", "{request}", "Requests refused before they reached their endpoint, by the problem's code.");
        _cacheEvictions = meter.CreateCounter<long>("signalbox.identity.token_cache.evictions", "{token}", "Tokens dropped from memory because identity.token_cache were kept already.");
        _limits = meter.CreateCounter<long>("signalbox.identity.limits.refused", "{request}", "Creations refused because a named limit was reached.");
        _signIns = meter.CreateCounter<long>("signalbox.identity.sign_ins", "{attempt}", "Attempts to sign in, by outcome.");
        _slowdownEvictions = meter.CreateCounter<long>("signalbox.identity.slowdown.evictions", "{entry}", "Failed sign-ins forgotten because identity.sign_in.table_size were remembered already.");
    }

    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void TokensEvicted(int count) => _cacheEvictions.Add(count);

    public void LimitReached(string limit) => _limits.Add(1, new KeyValuePair<string, object?>("limit", limit));

    public void SignIn(string outcome) => _signIns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void FailuresForgotten(int count) => _slowdownEvictions.Add(count);
}
