using System.Globalization;
using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Readings;

/// <summary>Puts a policy's decisions where they belong among an agent's events: just before the answer of the call that they are about.</summary>
/// <remarks>
/// A hook writes its decision down before the agent may act, so it is on file when the answer comes. A run and its replay hand decisions on at the same places
/// although they read the two files at different times. Not thread-safe.
/// </remarks>
/// <param name="tail">The file of decisions; looked into when an answer comes.</param>
internal sealed class DecisionFeed(FactTail<PolicyDecided> tail)
{
    /// <summary>Decisions that are taken; whoever may write to the file could fill it, and further ones are counted.</summary>
    public const int MaxDecisions = 100_000;

    private readonly Dictionary<string, List<PolicyDecided>> _waiting = new(StringComparer.Ordinal);
    private readonly List<PolicyDecided> _order = [];
    private int _taken;

    /// <summary>Lines that could not be read, so far.</summary>
    public long Broken => tail.Broken;

    /// <summary>Tells that there were too many; null when there were not.</summary>
    public RunnerEvent? Overflow { get; private set; }

    /// <summary>Whether a decision about a call is on file and has not been handed on.</summary>
    public bool Has(string toolUseId)
    {
        Look();
        return _waiting.ContainsKey(toolUseId);
    }

    /// <summary>The decisions about a call that have not been handed on yet, in the file's order.</summary>
    public IReadOnlyList<PolicyDecided> TakeOf(string toolUseId)
    {
        Look();
        if (!_waiting.Remove(toolUseId, out var decisions))
        {
            return [];
        }

        _order.RemoveAll(decisions.Contains);
        return decisions;
    }

    /// <summary>Those about calls that were never answered, in the file's order.</summary>
    public IReadOnlyList<PolicyDecided> TakeRest()
    {
        Look();
        _waiting.Clear();
        PolicyDecided[] rest = [.. _order];
        _order.Clear();
        return rest;
    }

    private static RunnerEvent OverflowOf(DateTimeOffset at, int omitted) => new()
    {
        At = at,
        Kind = RunnerEventKind.Warning,
        Text = string.Create(CultureInfo.InvariantCulture, $"There are more than {MaxDecisions} decisions on file; {omitted} were not read. A hook writes one for each call, so somebody else wrote there."),
        Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["code"] = "too_many_decisions" },
    };

    private void Look()
    {
        foreach (var decision in tail.Read())
        {
            if (_taken++ >= MaxDecisions)
            {
                Overflow = OverflowOf(decision.At, _taken - MaxDecisions);
                continue;
            }

            if (!_waiting.TryGetValue(decision.ToolUseId, out var decisions))
            {
                _waiting[decision.ToolUseId] = decisions = [];
            }

            decisions.Add(decision);
            _order.Add(decision);
        }
    }
}
