using System.Globalization;
using System.Text.Json;

namespace Signalbox.Testing.Cluster;

/// <summary>Matches what was due with what the servers recorded and with what the jobs themselves wrote down, and says what does not fit.</summary>
/// <remarks>The manner of Jepsen's test of Chronos: every nominal fire is matched to exactly one run. Source: https://aphyr.com/posts/326-jepsen-chronos</remarks>
public static class ChaosChecker
{
    /// <returns>One sentence a contradiction; none when everything is accounted for.</returns>
    public static IReadOnlyList<string> Check(IReadOnlyList<ChaosOutcome> outcomes, IReadOnlyList<JobRun> evidence)
    {
        var faults = new List<string>();
        var executions = outcomes.SelectMany(static outcome => outcome.Executions).ToDictionary(static execution => execution.GetProperty("id").GetString()!, StringComparer.Ordinal);
        faults.AddRange(evidence.Where(run => !executions.ContainsKey(run.ExecutionId)).Select(static run => $"{run.Job}: execution {run.ExecutionId} ran and nobody knows of it."));
        foreach (var outcome in outcomes)
        {
            var runs = evidence.Where(run => run.Job == outcome.Job.Name).ToList();
            faults.AddRange(CheckFires(outcome).Concat(CheckRuns(outcome, runs)).Select(fault => $"{outcome.Job.Name}: {fault}"));
            if (outcome.Job.Alone)
            {
                faults.AddRange(CheckAlone(runs).Select(fault => $"{outcome.Job.Name}: {fault}"));
            }
        }

        return faults;
    }

    /// <summary>Every nominal time of the plan ended once, in a way that the policies allow, and nothing else ended. What still waits when the jobs are disabled at the end is skipped.</summary>
    private static IEnumerable<string> CheckFires(ChaosOutcome outcome)
    {
        var plan = Plan(outcome).ToHashSet();
        var ends = outcome.Fires.ToLookup(static fire => fire.GetProperty("nominalAt").GetDateTimeOffset());
        foreach (var nominal in plan.Order())
        {
            var count = ends[nominal].Count();
            if (count != 1)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"the fire of {nominal:HH:mm:ss} has {count} ends.");
            }
        }

        foreach (var fire in ends.SelectMany(static group => group))
        {
            var nominal = fire.GetProperty("nominalAt").GetDateTimeOffset();
            var end = fire.GetProperty("outcome").GetString()!;
            var full = fire.GetProperty("reason").ValueKind == JsonValueKind.String ? $"{end}:{fire.GetProperty("reason").GetString()}" : end;
            if (!plan.Contains(nominal))
            {
                yield return $"the fire of {nominal:HH:mm:ss} was not planned and ended as {full}.";
            }
            else if (full is not ("ran" or "late" or "skipped:disabled") && !outcome.Job.Allowed.Contains(end, StringComparer.Ordinal) && !outcome.Job.Allowed.Contains(full, StringComparer.Ordinal))
            {
                yield return $"the fire of {nominal:HH:mm:ss} ended as {full}, which its policies do not allow.";
            }
        }
    }

    /// <summary>No fire became two executions, nothing was started twice, and what is said to have succeeded did.</summary>
    private static IEnumerable<string> CheckRuns(ChaosOutcome outcome, List<JobRun> runs)
    {
        foreach (var twice in outcome.Executions.GroupBy(static execution => execution.GetProperty("nominalAt").GetDateTimeOffset()).Where(static group => group.Count() > 1))
        {
            yield return $"the fire of {twice.Key:HH:mm:ss} became {twice.Count()} executions.";
        }

        var byExecution = runs.ToLookup(static run => run.ExecutionId, StringComparer.Ordinal);
        foreach (var execution in outcome.Executions)
        {
            var id = execution.GetProperty("id").GetString()!;
            var state = execution.GetProperty("state").GetString();
            var started = byExecution[id].ToList();
            if (started.Count > 1)
            {
                yield return $"execution {id} ({state}) was started {started.Count} times.";
            }

            if (state == "succeeded" && !started.Exists(static run => run.End is not null))
            {
                yield return $"execution {id} is said to have succeeded, but never wrote that it ended.";
            }
        }
    }

    /// <summary>Fences grow in the order of starts, and no two runs were at work together.</summary>
    private static IEnumerable<string> CheckAlone(List<JobRun> runs)
    {
        JobRun? before = null;
        foreach (var run in runs)
        {
            if (before is not null && run.Fence <= before.Fence)
            {
                yield return $"execution {run.ExecutionId} started later than {before.ExecutionId}, with fence {run.Fence} after {before.Fence}.";
            }

            if (before?.End is { } end && end > run.Start)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"execution {run.ExecutionId} began {end - run.Start:F3} s before {before.ExecutionId} was done.");
            }

            before = run;
        }
    }

    /// <summary>A fire belongs to the period after whose beginning it is, up to and with its end.</summary>
    private static IEnumerable<DateTimeOffset> Plan(ChaosOutcome outcome)
    {
        foreach (var period in outcome.Periods)
        {
            var from = period.GetProperty("from").GetDateTimeOffset().ToUnixTimeMilliseconds();
            var until = period.GetProperty("until").GetDateTimeOffset().ToUnixTimeMilliseconds();
            var step = outcome.Job.Every * 1000L;
            for (var time = ((from / step) + 1) * step; time <= until; time += step)
            {
                yield return DateTimeOffset.FromUnixTimeMilliseconds(time);
            }
        }
    }
}
