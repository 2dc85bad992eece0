using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.App.Running;
using Signalbox.Sdk.Operations;
using Signalbox.Testing.Clock;
using Xunit;

namespace Signalbox.Runner.Tests.App.Running;

public sealed class OwnStepsTests
{
    private readonly FakeClock _clock = new();
    private readonly List<string> _warnings = [];

    [Fact]
    public async Task WarnsOfAStepThatTakesTooLongOnceInAWhile()
    {
        var steps = Steps();

        Assert.Equal(7, await Take(5));
        Assert.Empty(_warnings);
        await Take(5.1);
        await Take(6);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await Take(7);
        await steps.TakeAsync(new OperationRecord(OwnSteps.WorkTreeBefore, _clock.GetUtcNow(), TimeSpan.FromSeconds(8), 0, null));

        Assert.Equal(
            ["performance_warning: report.make took 5.1 s; its threshold is 5 s.", "performance_warning: report.make took 7 s; its threshold is 5 s.", "performance_warning: worktree.before took 8 s; its threshold is 5 s."],
            _warnings);

        Task<int> Take(double seconds) => steps.MeasureAsync(OwnSteps.ReportMake, () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            return Task.FromResult(7);
        });
    }

    [Fact]
    public async Task AStepThatFailsFailsAsItDid()
    {
        await Assert.ThrowsAsync<IOException>(() => Steps().MeasureAsync(OwnSteps.AuditSend, static () => Task.FromException(new IOException("gone"))));
        Assert.Empty(_warnings);
    }

    private OwnSteps Steps() => new(_clock, NullLogger.Instance, (code, text) => _warnings.Add($"{code}: {text}"));
}
