using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Readings;

/// <summary>Hands an agent's events on, each call's decision just before its answer.</summary>
internal sealed class AgentFeed(DecisionFeed decisions, Action<RunFact> take)
{
    public void Take(AgentEvent told)
    {
        if (told is ToolReturned answer)
        {
            foreach (var decision in decisions.TakeOf(answer.ToolUseId))
            {
                take(decision);
            }
        }

        take(told);
    }

    /// <summary>The agent's output has ended.</summary>
    public void Complete()
    {
        foreach (var decision in decisions.TakeRest())
        {
            take(decision);
        }

        if (decisions.Overflow is { } overflow)
        {
            take(overflow);
        }
    }
}
