using Xunit;

namespace Signalbox.Scheduling.Tests.Planning;

public sealed class FirePlannerTests
{
    private static readonly DateTimeOffset Noon = Schedules.At("2026-06-01T12:00");

    [Fact]
    public void PlansWhatComesWithinTheHorizonAndStoresTheNext()
    {
        var plan = FirePlanner.Plan(Request(Every(TimeSpan.FromSeconds(4)), Noon, Noon));

        Assert.Equal([Noon, Noon.AddSeconds(4), Noon.AddSeconds(8)], plan.Fires.Select(static fire => fire.Nominal));
        Assert.All(plan.Fires, static fire => Assert.Equal((FireDisposition.Run, false, fire.Nominal), (fire.Disposition, fire.Misfired, fire.Due)));
        Assert.Equal(Noon.AddSeconds(12), plan.NextNominal);
    }

    [Fact]
    public void PlansNothingBeforeItsTime()
    {
        var plan = FirePlanner.Plan(Request(Every(TimeSpan.FromHours(1)), Noon.AddSeconds(11), Noon));

        Assert.Empty(plan.Fires);
        Assert.Equal(Noon.AddSeconds(11), plan.NextNominal);
    }

    [Fact]
    public void AFireWithinTheGraceIsOrdinary()
    {
        var plan = FirePlanner.Plan(Request(Every(TimeSpan.FromHours(1)), Noon, Noon.AddSeconds(60)));

        Assert.Equal((FireDisposition.Run, false), (Assert.Single(plan.Fires).Disposition, plan.Fires[0].Misfired));
        Assert.Equal(Noon.AddHours(1), plan.NextNominal);
    }

    [Fact]
    public void OnceRunsTheLatestMissedFireAndCoalescesTheOthersIntoIt()
    {
        var plan = FirePlanner.Plan(Request(Every(TimeSpan.FromHours(1)), Noon, Noon.AddHours(3).AddMinutes(30)));

        var latest = Noon.AddHours(3);
        Assert.Equal([(Noon, FireDisposition.Coalesced), (Noon.AddHours(1), FireDisposition.Coalesced), (Noon.AddHours(2), FireDisposition.Coalesced), (latest, FireDisposition.Run)], plan.Fires.Select(static fire => (fire.Nominal, fire.Disposition)));
        Assert.Equal([latest, latest, latest, null], plan.Fires.Select(static fire => fire.CoalescedInto));
        Assert.All(plan.Fires, static fire => Assert.True(fire.Misfired && fire.Count == 1));
        Assert.Equal((Noon.AddHours(4), 0), (plan.NextNominal, plan.BeyondCap));
    }

    [Fact]
    public void SkipRunsNoneOfThem()
    {
        var plan = FirePlanner.Plan(Request(Every(TimeSpan.FromHours(1)), Noon, Noon.AddHours(2)) with { Misfire = MisfirePolicy.Skip });

        Assert.Equal([FireDisposition.Skipped, FireDisposition.Skipped, FireDisposition.Run], plan.Fires.Select(static fire => fire.Disposition));
        Assert.Equal([SkipReason.Misfire, SkipReason.Misfire, null], plan.Fires.Select(static fire => fire.Reason));
    }

    [Fact]
    public void AllRunsTheLatestUpToTheLimitAndCountsTheRest()
    {
        var plan = FirePlanner.Plan(Request(Every(TimeSpan.FromMinutes(1)), Noon, Noon.AddMinutes(101).AddSeconds(1)) with { Misfire = MisfirePolicy.All, CatchUpLimit = 30 });

        Assert.Equal((FireDisposition.Skipped, SkipReason.CatchUpLimit, 71L, Noon), (plan.Fires[0].Disposition, plan.Fires[0].Reason, plan.Fires[0].Count, plan.Fires[0].Nominal));
        Assert.Equal(Enumerable.Range(71, 31).Select(static minutes => Noon.AddMinutes(minutes)), plan.Fires.Skip(1).Select(static fire => fire.Nominal));
        Assert.All(plan.Fires.Skip(1), static fire => Assert.Equal(FireDisposition.Run, fire.Disposition));
        Assert.Equal((Noon.AddMinutes(102), 71L), (plan.NextNominal, plan.BeyondCap));
    }

    public static TheoryData<string> FrequentSchedules => ["interval", "* * * * * *", "*/5 * * * *", "H 3 * * *"];

    [Theory]
    [MemberData(nameof(FrequentSchedules))]
    public void AMonthOfMissedFiresIsCountedExactlyAndListedUpToTheLimit(string text)
    {
        Schedule schedule = text == "interval" ? Every(TimeSpan.FromSeconds(1)) : Schedules.Cron(text, Schedules.Berlin);
        var from = schedule.Next(Schedules.At("2026-03-10"))!.Value.At;
        var plan = FirePlanner.Plan(Request(schedule, from, from.AddDays(31)));

        var missed = plan.Fires.Where(static fire => fire.Misfired).ToList();
        Assert.InRange(missed.Count, 1, FirePlanRequest.DefaultCatchUpLimit + 1);
        Assert.Equal(schedule.After(from.AddTicks(-1)).TakeWhile(fire => fire.At < from.AddDays(31).AddSeconds(-60)).LongCount(), missed.Sum(static fire => fire.Count));
        Assert.Equal(plan.BeyondCap, missed.Sum(static fire => fire.Count) - missed.Count(static fire => fire.Count == 1));
    }

    [Fact]
    public void ManyFiresWithinALongGraceArePlannedInPortions()
    {
        var request = Request(Every(TimeSpan.FromSeconds(1)), Noon, Noon.AddSeconds(2500)) with { MisfireGrace = TimeSpan.FromHours(1) };
        var first = FirePlanner.Plan(request);
        var second = FirePlanner.Plan(request with { NextNominal = first.NextNominal!.Value });
        var third = FirePlanner.Plan(request with { NextNominal = second.NextNominal!.Value });

        Assert.Equal([1000, 1000, 511], new[] { first, second, third }.Select(static plan => plan.Fires.Count));
        Assert.Equal(Noon.AddSeconds(2511), third.NextNominal);
    }

    [Fact]
    public void AnEndedScheduleHasNoNext()
    {
        var plan = FirePlanner.Plan(Request(new OneTimeSchedule(Noon), Noon, Noon.AddDays(1)));

        Assert.Equal((FireDisposition.Run, true), (Assert.Single(plan.Fires).Disposition, plan.Fires[0].Misfired));
        Assert.Null(plan.NextNominal);
    }

    [Fact]
    public void TheStoredNominalTimeFiresEvenWhenTheScheduleNoLongerKnowsIt()
    {
        var plan = FirePlanner.Plan(Request(Every(TimeSpan.FromHours(1)), Noon.AddMinutes(7), Noon.AddMinutes(7)));

        Assert.Equal(Noon.AddMinutes(7), Assert.Single(plan.Fires).Nominal);
        Assert.Equal(Noon.AddHours(1), plan.NextNominal);
    }

    [Fact]
    public void JitterMovesTheDueTimeWithinItsRangeAndAlwaysByTheSame()
    {
        var jitter = TimeSpan.FromSeconds(30);
        var due = Enumerable.Range(0, 300).Select(job => FirePlanner.DueOf($"job-{job}", Noon, jitter)).ToList();

        Assert.All(due, time => Assert.InRange(time, Noon, Noon + jitter - TimeSpan.FromMilliseconds(1)));
        Assert.True(due.Distinct().Count() > 280);
        Assert.Equal(due[7], FirePlanner.DueOf("job-7", Noon, jitter));
        Assert.NotEqual(due[7] - Noon, FirePlanner.DueOf("job-7", Noon.AddHours(1), jitter) - Noon.AddHours(1));
        Assert.Equal(Noon, FirePlanner.DueOf("job-7", Noon, TimeSpan.Zero));
    }

    /// <summary>However often and whenever planning happens, each fire of the schedule is decided upon once.</summary>
    [Theory]
    [InlineData(MisfirePolicy.Once)]
    [InlineData(MisfirePolicy.Skip)]
    [InlineData(MisfirePolicy.All)]
    public void RepeatedPlanningAccountsForEveryFireOnce(MisfirePolicy policy)
    {
        var random = new Random(4);
        for (var round = 0; round < 60; round++)
        {
            var cron = Cron.RandomCron.Make(random, withSeconds: false);
            var schedule = Schedules.Cron(cron.Text, Schedules.Berlin, (DstGap)random.Next(3), (DstOverlap)random.Next(4));
            var (now, end) = (Schedules.At("2026-03-20"), Schedules.At("2026-04-05"));
            var accounted = new List<AccountedFire>();
            for (DateTimeOffset? next = schedule.Next(now)?.At; now < end && next is { } nominal; now = now.AddSeconds(random.Next(3) == 0 ? random.Next(200_000) : random.Next(20)))
            {
                var plan = FirePlanner.Plan(Request(schedule, nominal, now) with { Misfire = policy, CatchUpLimit = 20 });
                accounted.AddRange(plan.Fires.Select(static fire => new AccountedFire(fire.Nominal, null, fire.Count)));
                next = plan.NextNominal;
            }

            var through = accounted.Count == 0 ? Schedules.At("2026-03-20") : accounted[^1].Nominal;
            var report = Accountability.Compare([new SchedulePeriod(schedule, Schedules.At("2026-03-20"), null)], accounted, Schedules.At("2026-03-20"), through);
            Assert.True(report.IsClean, $"{cron.Text}: {report}");
            Assert.Equal(accounted.Sum(static fire => fire.Count), report.Matched);
        }
    }

    private static IntervalSchedule Every(TimeSpan interval) => new(interval, Noon);

    private static FirePlanRequest Request(Schedule schedule, DateTimeOffset nextNominal, DateTimeOffset now) => new()
    {
        Schedule = schedule,
        NextNominal = nextNominal,
        Now = now,
        Horizon = TimeSpan.FromSeconds(10),
        JobId = "job",
    };
}
