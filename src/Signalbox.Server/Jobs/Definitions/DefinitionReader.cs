using System.Globalization;
using System.Text;
using System.Text.Json;
using Signalbox.Scheduling;
using Signalbox.Server.Jobs.Running;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Reads a definition from JSON and finds everything that is wrong with it at once.</summary>
internal static class DefinitionReader
{
    private const int LongestDescription = 2000;
    private const int LongestGroup = 200;
    private const int Deepest = 32;
    private const int MostPriority = 100;

    private static readonly ExecutionState[] Retried = [ExecutionState.Failed, ExecutionState.TimedOut, ExecutionState.Lost];
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = Deepest };

    /// <returns>Null when something is wrong, which is in <paramref name="errors"/>.</returns>
    public static JobDefinition? Read(DefinitionText text, TaskLimits limits, DefinitionErrors errors)
    {
        if (Encoding.UTF8.GetByteCount(text.Json) > limits.Bytes)
        {
            errors.Add(string.Empty, string.Create(CultureInfo.InvariantCulture, $"The definition has more than {limits.Bytes} bytes ({TaskLimits.BytesKey})."), TaskLimits.BytesKey);
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text.Json, Strict);
            return Read(text, document.RootElement, limits, errors);
        }
        catch (JsonException exception)
        {
            errors.Add(string.Empty, exception.LineNumber is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"This is not valid JSON of at most {Deepest} levels (line {line + 1}, byte {exception.BytePositionInLine + 1}).")
                : "An object has two members of the same name.");
            return null;
        }
    }

    /// <summary>Reads a schedule that stands alone.</summary>
    /// <param name="jobName">Spreads the fields <c>H</c> of a cron expression.</param>
    /// <returns>Null when something is wrong, which is in <paramref name="errors"/>.</returns>
    public static JobSchedule? ReadSchedule(string jobName, DefinitionText text, DefinitionErrors errors)
    {
        try
        {
            using var document = JsonDocument.Parse(text.Json, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !JsonTexts.AreValid(document.RootElement))
            {
                errors.Add("schedule", "A schedule is an object.");
                return null;
            }

            var schedule = ScheduleReader.Read(new MemberReader(document.RootElement, "schedule", errors, text.LooseTexts), jobName);
            return errors.Any ? null : schedule;
        }
        catch (JsonException)
        {
            errors.Add("schedule", "This is not valid JSON.");
            return null;
        }
    }

    private static JobDefinition? Read(DefinitionText text, JsonElement root, TaskLimits limits, DefinitionErrors errors)
    {
        if (root.ValueKind != JsonValueKind.Object || !JsonTexts.AreValid(root))
        {
            errors.Add(string.Empty, root.ValueKind == JsonValueKind.Object ? "A text holds half of a character (a lone surrogate)." : "A definition is an object with members such as name, schedule and command.");
            return null;
        }

        var task = new MemberReader(root, string.Empty, errors, text.LooseTexts);
        var definition = Read(task, limits);
        task.Finish();
        return errors.Any ? null : definition;
    }

    private static JobDefinition? Read(MemberReader task, TaskLimits limits)
    {
        var name = task.RequiredText("name", JobName.Longest * 4);
        if (name is not null && JobName.Check(name) is { } wrong)
        {
            task.Fail("name", wrong);
        }

        var schedule = task.Object("schedule") is { } members ? ScheduleReader.Read(members, name ?? string.Empty) : null;
        var work = WorkReader.Read(task, limits);
        var definition = new JobDefinition
        {
            Name = name ?? string.Empty,
            Description = task.Text("description", LongestDescription),
            Schedule = schedule?.Time,
            After = schedule?.After,
            ScheduleText = schedule?.Wire,
            Work = work ?? new HandlerWork { Name = string.Empty },
            Timeout = TimeoutOf(task, limits),
            Grace = task.Duration("grace", TimeSpan.Zero, TimeSpan.FromHours(1)) ?? JobDefinition.DefaultGrace,
            Overlap = OverlapOf(task, limits),
            ConcurrencyGroup = GroupOf(task),
            Misfire = task.Choice<MisfirePolicy>("misfire") ?? MisfirePolicy.Once,
            MisfireGrace = task.Duration("misfireGrace", TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)) ?? JobDefinition.DefaultMisfireGrace,
            Jitter = task.Duration("jitter", TimeSpan.Zero, TimeSpan.FromDays(1)) ?? TimeSpan.Zero,
            Priority = task.Integer("priority", -MostPriority, MostPriority) ?? 0,
            Retry = task.Object("retry") is { } retry ? RetryOf(retry) : RetryPolicy.None,
            Enabled = task.Switch("enabled"),
        };
        return name is null || work is null ? null : definition;
    }

    private static TimeSpan TimeoutOf(MemberReader task, TaskLimits limits)
    {
        var timeout = task.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(3660)) ?? JobDefinition.DefaultTimeout;
        if (timeout > limits.LongestTimeout && task.Has("timeout"))
        {
            task.Fail("timeout", $"This is longer than {Signalbox.Settings.DurationText.Format(limits.LongestTimeout)} ({TaskLimits.TimeoutKey}).", TaskLimits.TimeoutKey);
        }

        return timeout < limits.LongestTimeout ? timeout : limits.LongestTimeout;
    }

    private static OverlapPolicy OverlapOf(MemberReader task, TaskLimits limits)
    {
        var mode = task.Choice<OverlapMode>("overlap") ?? OverlapMode.Forbid;
        var limit = task.Integer("queueLimit", 1, OverlapPolicy.MaxQueueLimit);
        if (mode != OverlapMode.Queue)
        {
            if (task.Has("queueLimit"))
            {
                task.Fail("queueLimit", "This belongs to overlap queue.");
            }

            return new OverlapPolicy(mode, 0);
        }

        if (limit > limits.QueueLimit)
        {
            task.Fail("queueLimit", string.Create(CultureInfo.InvariantCulture, $"At most {limits.QueueLimit} may wait ({TaskLimits.QueueKey})."), TaskLimits.QueueKey);
        }

        return OverlapPolicy.Queue(limit ?? 1);
    }

    private static string? GroupOf(MemberReader task)
    {
        if (!task.Has("concurrencyGroup"))
        {
            return null;
        }

        var group = task.Text("concurrencyGroup", LongestGroup);
        if (group is not null && JobName.Check(group) is { } wrong)
        {
            task.Fail("concurrencyGroup", wrong);
        }

        return group;
    }

    private static RetryPolicy RetryOf(MemberReader retry)
    {
        var policy = new RetryPolicy
        {
            MaxAttempts = retry.Integer("attempts", 1, RetryPolicy.MostAttempts) ?? 3,
            Delay = retry.Duration("delay", TimeSpan.Zero, TimeSpan.FromDays(7)) ?? RetryPolicy.None.Delay,
            Backoff = retry.Choice<Backoff>("backoff") ?? Backoff.Exponential,
            MaxDelay = retry.Duration("maxDelay", TimeSpan.Zero, TimeSpan.FromDays(7)) ?? RetryPolicy.None.MaxDelay,
            On = retry.States("on", Retried) ?? RetryPolicy.None.On,
        };
        retry.Finish();
        return policy;
    }
}

/// <summary>The JSON of a definition on its way to be read.</summary>
/// <param name="LooseTexts">Take numbers and booleans as texts, as people write them in YAML without quotes.</param>
internal sealed record DefinitionText(string Json, bool LooseTexts = false);
