using FsCheck;
using FsCheck.Fluent;
using Signalbox.PromQL.Model;
using Xunit;

namespace Signalbox.Telemetry.Tests.Metrics.Storage.Days;

/// <summary>Whatever is appended, flushed and restarted in whatever order, the store holds what a dictionary would.</summary>
public sealed class StoreModelTests
{
    private static readonly Labels[] Series = [.. Enumerable.Range(0, 5).Select(static number => Labels.From(("__name__", "m"), ("n", $"{number}")))];

    private enum Step
    {
        Append,
        AppendLate,
        Wait,
        Flush,
        Restart,
    }

    [Fact]
    public void HoldsWhatADictionaryWould()
    {
        var step = Gen.Frequency((8, Gen.Constant(Step.Append)), (3, Gen.Constant(Step.AppendLate)), (3, Gen.Constant(Step.Wait)), (2, Gen.Constant(Step.Flush)), (1, Gen.Constant(Step.Restart)));
        var runs = Gen.Zip(Gen.Choose(0, 1_000_000), step.ListOf(40));
        Prop.ForAll(runs.ToArbitrary(), static run => Task.Run(() => RunAsync(run.Item1, run.Item2)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    private static async Task<bool> RunAsync(int seed, IEnumerable<Step> steps)
    {
        var random = new Random(seed);
        await using var folder = new StoreFolder();
        folder.Options = folder.Options with { LogSegmentBytes = 64 << 10, HeadWindow = TimeSpan.FromMinutes(20) };
        await folder.OpenAsync();
        var model = Series.ToDictionary(static labels => labels, static _ => new SortedDictionary<long, double>());
        foreach (var step in steps)
        {
            await TakeAsync(step, folder, model, random);
        }

        foreach (var (labels, expected) in model)
        {
            Assert.Equal(expected.Select(static sample => (sample.Key, sample.Value)), await folder.ReadAsync(labels));
        }

        return true;
    }

    private static async Task TakeAsync(Step step, StoreFolder folder, Dictionary<Labels, SortedDictionary<long, double>> model, Random random)
    {
        switch (step)
        {
            case Step.Append:
                await AppendAsync(folder, model, random, [.. Enumerable.Range(0, random.Next(1, 60)).Select(index => folder.Now + (index * 1000))]);
                break;
            case Step.AppendLate:
                await AppendAsync(folder, model, random, [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => folder.Now - random.Next(0, 900_000))]);
                break;
            case Step.Wait:
                folder.Clock.Advance(TimeSpan.FromMinutes(random.Next(1, 90)));
                break;
            case Step.Flush:
                await folder.RunOnceAsync();
                break;
            default:
                await folder.ReopenAsync();
                break;
        }
    }

    // The store says how many it took; each sample goes alone, so that the model knows which.
    private static async Task AppendAsync(StoreFolder folder, Dictionary<Labels, SortedDictionary<long, double>> model, Random random, long[] times)
    {
        var labels = Series[random.Next(Series.Length)];
        foreach (var time in times)
        {
            double value = random.Next(0, 4);
            var outcome = await folder.AppendAsync(labels, (time, value));
            if (outcome.Accepted == 1)
            {
                Assert.True(model[labels].TryAdd(time, value) || model[labels][time].Equals(value));
            }
        }
    }
}
