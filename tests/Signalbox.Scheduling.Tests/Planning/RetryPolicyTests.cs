using Xunit;

namespace Signalbox.Scheduling.Tests.Planning;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy TenSeconds = new() { MaxAttempts = 9, Delay = TimeSpan.FromSeconds(10), MaxDelay = TimeSpan.FromSeconds(100) };

    [Theory]
    [InlineData(Backoff.Constant, 10, 10, 10, 10, 10)]
    [InlineData(Backoff.Linear, 10, 20, 30, 40, 50)]
    [InlineData(Backoff.Exponential, 10, 20, 40, 80, 100)]
    public void DelaysGrowAsTheBackoffSaysUpToTheLongest(Backoff backoff, params int[] seconds)
    {
        for (var attempt = 2; attempt < 2 + seconds.Length; attempt++)
        {
            var full = TimeSpan.FromSeconds(seconds[attempt - 2]);
            Assert.InRange((TenSeconds with { Backoff = backoff }).DelayBefore(attempt, "execution"), full * 0.75, full);
        }
    }

    [Fact]
    public void ExecutionsThatFailedTogetherComeBackApart()
    {
        var delays = Enumerable.Range(0, 400).Select(static id => TenSeconds.DelayBefore(2, $"execution-{id}")).ToList();

        Assert.True(delays.Distinct().Count() > 300);
        Assert.InRange(delays.Average(static delay => delay.TotalSeconds), 8.5, 9.0);
        Assert.Equal(delays[3], TenSeconds.DelayBefore(2, "execution-3"));
    }

    [Fact]
    public void ALateAttemptOverflowsNothing() =>
        Assert.InRange((TenSeconds with { MaxDelay = TimeSpan.FromDays(1) }).DelayBefore(RetryPolicy.MostAttempts, "execution"), TimeSpan.FromHours(18), TimeSpan.FromDays(1));

    [Fact]
    public void OnlyTheNamedEndsAreTriedAgainAndOnlyWhileAttemptsAreLeft()
    {
        var policy = TenSeconds with { MaxAttempts = 3, On = [ExecutionState.Failed, ExecutionState.Lost] };

        Assert.True(policy.Retries(ExecutionState.Failed, 2));
        Assert.True(policy.Retries(ExecutionState.Lost, 1));
        Assert.False(policy.Retries(ExecutionState.Failed, 3));
        Assert.False(policy.Retries(ExecutionState.Cancelled, 1));
        Assert.False(RetryPolicy.None.Retries(ExecutionState.Failed, 1));
    }
}
