using Signalbox.Server.Platform.Audit;
using Signalbox.Testing.Clock;
using Signalbox.Testing.Server;
using Xunit;

namespace Signalbox.Audit.Tests.Requests;

public sealed class AuditSummariesTests
{
    private readonly RecordingTrail _trail = new();
    private readonly FakeClock _clock = new();

    private static AuditEvent Refused => new AuditEvent(
        "default", AuditActor.Unknown, new AuditAction("session.create", AuditClass.Standard, AuditActivity.Create, "Signed in"), new AuditResource(new AuditResourceType("session", ""), "-", "")).Denied();

    [Fact]
    public void TheFirstIsRecordedAtOnceAndTheOthersAreCounted()
    {
        using var summaries = new AuditSummaries(_trail, new AuditRequestOptions(), _clock);
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            summaries.Record("@203.0.113.7", Refused);
        }

        summaries.Record("@203.0.113.8", Refused);
        Assert.Equal(2, _trail.Records.Count);

        summaries.Flush(all: false);
        Assert.Equal(2, _trail.Records.Count);

        _clock.Advance(TimeSpan.FromMinutes(10));
        summaries.Flush(all: false);

        var summary = Assert.Single(_trail.Records.Skip(2));
        Assert.Equal(999, (long)summary.Event.Data!["count"]!);
        Assert.Equal(AuditOutcome.Denied, summary.Event.Outcome);
    }

    [Fact]
    public void AtTheEndEverythingCountedIsRecorded()
    {
        using var summaries = new AuditSummaries(_trail, new AuditRequestOptions(), _clock);
        summaries.Record("a", Refused);
        summaries.Record("a", Refused);

        summaries.Flush(all: true);

        Assert.Equal(1, (long)_trail.Records[1].Event.Data!["count"]!);
    }

    [Fact]
    public void ManyCallersAreCountedTogether()
    {
        using var summaries = new AuditSummaries(_trail, new AuditRequestOptions { Summaries = 100 }, _clock);
        for (var caller = 0; caller < 10_000; caller++)
        {
            summaries.Record($"@{caller}", Refused);
        }

        summaries.Flush(all: true);

        Assert.Equal(102, _trail.Records.Count);
        Assert.Equal(9_899, (long)_trail.Records[^1].Event.Data!["count"]!);
        Assert.Equal("many", _trail.Records[^1].Event.Actor.Id);
    }

    [Fact]
    public void LittleIsKeptOfWhatStrangersSend()
    {
        using var summaries = new AuditSummaries(_trail, new AuditRequestOptions(), _clock);
        var much = new string('x', 20_000);
        var refused = Refused with { Resource = Refused.Resource with { Path = much } };
        using (AuditScope.Open(new AuditScope { Source = "api", Address = "203.0.113.7", UserAgent = much, AddressChain = much }))
        {
            summaries.Record("@203.0.113.7", refused);
            summaries.Record("@203.0.113.7", refused);
        }

        summaries.Flush(all: true);

        var (first, second) = (_trail.Records[0], _trail.Records[1]);
        Assert.Equal((20_000, 20_000), (first.Scope!.UserAgent!.Length, first.Event.Resource.Path!.Length));
        Assert.Equal("203.0.113.7", second.Scope!.Address);
        Assert.All([second.Scope.UserAgent, second.Scope.AddressChain, second.Event.Resource.Path], static text => Assert.Equal(257, text!.Length));
    }

    [Fact]
    public void ACallerWhoStopsIsForgotten()
    {
        using var summaries = new AuditSummaries(_trail, new AuditRequestOptions(), _clock);
        summaries.Record("a", Refused);
        _clock.Advance(TimeSpan.FromMinutes(10));
        summaries.Flush(all: false);

        summaries.Record("a", Refused);

        Assert.Equal(2, _trail.Records.Count);
    }
}
