namespace Signalbox.Scheduling;

/// <summary>Adds up a comparison of plan and records.</summary>
internal sealed class AccountabilityComparison
{
    private readonly List<DateTimeOffset> _missed = [];
    private readonly List<AccountedFire> _extra = [];
    private long _planned;
    private long _matched;
    private long _missedTotal;
    private long _extraTotal;

    public void Match()
    {
        _planned++;
        _matched++;
    }

    public void Miss(DateTimeOffset nominal)
    {
        _planned++;
        _missedTotal++;
        if (_missed.Count < Accountability.MaxListed)
        {
            _missed.Add(nominal);
        }
    }

    public void AddExtra(AccountedFire record)
    {
        _extraTotal++;
        if (_extra.Count < Accountability.MaxListed)
        {
            _extra.Add(record);
        }
    }

    public AccountabilityReport ToReport() => new(_planned, _matched, _missed, _missedTotal, _extra, _extraTotal);
}
