using System.Diagnostics;
using System.Globalization;
using Signalbox.PromQL;
using Signalbox.PromQL.Model;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage;

/// <summary>A writer process is killed again and again; the store loses nothing it acknowledged and keeps nothing twice.</summary>
public sealed class CrashTests
{
    private const int Kills = 50;
    private const int Writers = 4;
    private const int Series = 25;
    private const long StepMilliseconds = 60_000;

    private readonly HashSet<(int Writer, long Step)> _acknowledged = [];
    private readonly List<string> _complaints = [];
    private readonly StoreFolder _folder = new();
    private readonly long _origin;

    public CrashTests()
    {
        _origin = _folder.Now;
        _folder.Options = _folder.Options with { HeadWindow = TimeSpan.FromMinutes(10), LogSegmentBytes = 64 << 10 };
    }

    [Fact]
    public async Task EverythingAcknowledgedIsThereAfterFiftyKillsAndNothingTwice()
    {
        await using var folder = _folder;
        var random = new Random(20260304);
        var step = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            await WriteUntilKilledAsync(step, random.Next(1, 250));
            await folder.OpenAsync();
            Assert.Empty(folder.Store.Recovery.Damage);
            step = await VerifyAsync(step);
            await folder.Store.DisposeAsync();
        }

        Assert.NotEmpty(folder.DayFiles);

        // Once everything is on disk nothing hides a sample that is there twice.
        folder.Clock.StepTo(TimeOf(step) + TimeSpan.FromHours(3));
        await folder.OpenAsync();
        await folder.RunOnceAsync();
        Assert.Equal(0, folder.Store.Statistics().HeadSamples);
        await VerifyAsync(0);
        Assert.Empty(_complaints);
        Assert.InRange(_acknowledged.Count, Kills, int.MaxValue);
    }

    private async Task WriteUntilKilledAsync(long firstStep, int killAt)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Signalbox.Telemetry.CrashWriter");
        string[] arguments = [_folder.Path, firstStep.ToString(CultureInfo.InvariantCulture), _origin.ToString(CultureInfo.InvariantCulture)];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        var ready = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            // What is said after the kill was acknowledged before it.
            lines.Add(line);
            if (lines.Count == killAt)
            {
                process.Kill();
            }
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(ready == "ready", $"{ready} {await errors}");
        lines.ForEach(Note);
    }

    private void Note(string line)
    {
        // The last line may have been cut by the kill; only one with its full stop is whole.
        var words = line.Split(' ');
        if (words is ["ack", var writer, var step, "."] && int.TryParse(writer, CultureInfo.InvariantCulture, out var who) && long.TryParse(step, CultureInfo.InvariantCulture, out var what))
        {
            _acknowledged.Add((who, what));
        }
        else if (words[0] == "damage")
        {
            _complaints.Add(line);
        }
    }

    /// <returns>The step to go on with.</returns>
    private async Task<long> VerifyAsync(long from)
    {
        var window = new TimeWindow(TimeOf(from).ToUnixTimeMilliseconds(), long.MaxValue);
        var next = from;
        for (var writer = 0; writer < Writers; writer++)
        {
            var found = await _folder.Store.Reader(TenantId.Default).SelectAsync(window, [new LabelMatcher("writer", MatchKind.Equal, $"{writer}")], CancellationToken.None);
            var expected = _acknowledged.Where(ack => ack.Writer == writer && ack.Step >= from).Select(static ack => ack.Step).Order().ToList();
            Assert.True(found.Count == (expected.Count == 0 ? found.Count : Series));
            List<(long Time, double Value)>? first = null;
            foreach (var series in found)
            {
                var samples = series.ToList(window);
                first ??= samples;
                Assert.Equal(first, samples);
                next = Math.Max(next, samples.Count == 0 ? next : ((samples[^1].Time - _origin) / StepMilliseconds) + 1);
            }

            VerifySteps(first ?? [], expected);
        }

        return next;
    }

    private void VerifySteps(List<(long Time, double Value)> samples, List<long> expected)
    {
        var steps = new HashSet<long>();
        var last = long.MinValue;
        foreach (var (time, value) in samples)
        {
            Assert.True(time > last, "A sample is there twice.");
            last = time;
            Assert.Equal((time - _origin) / StepMilliseconds, value);
            steps.Add((long)value);
        }

        Assert.All(expected, step => Assert.Contains(step, steps));
    }

    private DateTimeOffset TimeOf(long step) => DateTimeOffset.FromUnixTimeMilliseconds(_origin + (step * StepMilliseconds));
}
