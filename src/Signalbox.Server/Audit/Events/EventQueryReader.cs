using System.Globalization;
using Signalbox.Server.Audit.Search;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Audit.Events;

/// <summary>Checks what somebody asks the log for.</summary>
internal static class EventQueryReader
{
    /// <summary>Of one value, in characters.</summary>
    private const int LongestValue = 512;

    public static Outcome<EventQuery> Read(EventListQuery asked)
    {
        if (asked.From >= asked.To)
        {
            return Refusal.Invalid("to", "The period ends before it begins.");
        }

        if (asked.Order is not (null or "asc" or "desc"))
        {
            return Refusal.Invalid("order", $"'{asked.Order}' is not one of asc, desc.");
        }

        if (asked.Outcome?.FirstOrDefault(static outcome => !EntryWords.Outcomes.Contains(outcome, StringComparer.Ordinal)) is { } unknown)
        {
            return Refusal.Invalid("outcome", $"'{unknown}' is not one of {string.Join(", ", EntryWords.Outcomes)}.");
        }

        if (asked.Text is { } text && (text.Length > LongestValue || text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length > EventQuery.MostWords))
        {
            return Refusal.Invalid("text", string.Create(CultureInfo.InvariantCulture, $"This may have {LongestValue} characters and {EventQuery.MostWords} words."));
        }

        return CheckValues(asked) is { } refusal ? refusal : new EventQuery
        {
            From = asked.From,
            To = asked.To,
            Actors = asked.Actor ?? [],
            OnBehalfOf = asked.OnBehalfOf ?? [],
            Reporters = asked.Reporter ?? [],
            Actions = asked.Action ?? [],
            ResourceTypes = asked.ResourceType ?? [],
            ResourceIds = asked.ResourceId ?? [],
            ResourceNames = asked.ResourceName ?? [],
            Outcomes = asked.Outcome ?? [],
            Addresses = asked.Address ?? [],
            Traces = asked.Trace ?? [],
            Requests = asked.RequestId ?? [],
            Policies = asked.PolicyId ?? [],
            Sources = asked.Source ?? [],
            Text = string.IsNullOrWhiteSpace(asked.Text) ? null : asked.Text,
            OldestFirst = asked.Order == "asc",
        };
    }

    /// <summary>Reads where the page before ended.</summary>
    public static Outcome<long?> ReadCursor(string? after) =>
        after is null ? (long?)null
        : long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? (long?)sequence
        : Refusal.Invalid("after", "This is not a cursor of this list; take it from next.");

    private static Refusal? CheckValues(EventListQuery asked)
    {
        (string Name, string[]? Values)[] filters =
        [
            ("actor", asked.Actor), ("onBehalfOf", asked.OnBehalfOf), ("reporter", asked.Reporter), ("action", asked.Action), ("resourceType", asked.ResourceType), ("resourceId", asked.ResourceId),
            ("resourceName", asked.ResourceName), ("outcome", asked.Outcome), ("address", asked.Address), ("trace", asked.Trace), ("requestId", asked.RequestId), ("policyId", asked.PolicyId), ("source", asked.Source),
        ];
        foreach (var (name, values) in filters)
        {
            if (values?.Length > EventQuery.MostValues || values?.Any(static value => value.Length is 0 or > LongestValue) == true)
            {
                return Refusal.Invalid(name, string.Create(CultureInfo.InvariantCulture, $"{name} may be given {EventQuery.MostValues} times, with 1 to {LongestValue} characters each."));
            }
        }

        return null;
    }
}
