using System.Globalization;

namespace Signalbox.Testing.Cluster;

/// <summary>What the jobs themselves wrote down, which no server can have made up: one line a start and one an end.</summary>
/// <param name="Start">Seconds since 1970 by the machine's clock.</param>
/// <param name="End">Null when the run never came to its end.</param>
public sealed record JobRun(string Job, DateTimeOffset Nominal, string ExecutionId, int Attempt, long Fence, double Start, double? End)
{
    /// <summary>The shell script of a job; <c>$1</c> is the file that lines are added to, <c>$2</c> the seconds it takes.</summary>
    public const string Script =
        """
        line() { echo "$1 $SIGNALBOX_JOB_NAME $SIGNALBOX_NOMINAL_TIME $SIGNALBOX_EXECUTION_ID $SIGNALBOX_ATTEMPT $SIGNALBOX_FENCE $(date +%s.%N)" >> "$2"; }
        line start "$1"
        sleep "$2"
        line end "$1"
        """;

    public static IReadOnlyList<JobRun> Read(string file)
    {
        var runs = new Dictionary<(string Execution, string Attempt, string Fence), JobRun>();
        foreach (var parts in File.ReadLines(file).Select(static line => line.Split(' ')).Where(static parts => parts.Length == 7))
        {
            var key = (parts[3], parts[4], parts[5]);
            var time = double.Parse(parts[6], CultureInfo.InvariantCulture);
            if (parts[0] == "start")
            {
                if (!runs.TryAdd(key, new JobRun(parts[1], DateTimeOffset.Parse(parts[2], CultureInfo.InvariantCulture), parts[3], int.Parse(parts[4], CultureInfo.InvariantCulture), long.Parse(parts[5], CultureInfo.InvariantCulture), time, End: null)))
                {
                    throw new InvalidOperationException($"Execution {parts[3]} of {parts[1]} was started twice under the same fence {parts[5]}.");
                }
            }
            else
            {
                runs[key] = runs[key] with { End = time };
            }
        }

        return [.. runs.Values.OrderBy(static run => run.Start)];
    }
}
