using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Usage;

/// <summary>What an agent said in its closing account of one session.</summary>
/// <param name="Models">Under the names that messages use; empty when it told no models.</param>
/// <param name="CostUsd">Of the session; null when it told none.</param>
internal sealed record AgentAccount(string? SessionId, IReadOnlyList<ModelAccount> Models, decimal? CostUsd, long Turns)
{
    public static AgentAccount Of(ResultReported result)
    {
        var models = result.Models.Select(static model => new ModelAccount(ModelTokens.NameOf(model.Model), model.Tokens, (decimal?)model.CostUsd)).ToList();
        var sum = models.Count > 0 && models.TrueForAll(static model => model.CostUsd is not null) ? models.Sum(static model => model.CostUsd!.Value) : (decimal?)null;
        return new AgentAccount(result.SessionId, models, (decimal?)result.CostUsd ?? sum, result.Turns ?? 0);
    }

    /// <summary>Tokens that a message tells exactly when it begins.</summary>
    private long ReadTokens => Models.Sum(static model => model.Tokens.Total - model.Tokens.Output);

    /// <summary>Whether this account goes on from one before of the same session; otherwise it began from nothing, and both count.</summary>
    /// <remarks>
    /// Agents add up within one process, and a resumed session has the same id in a new process that begins from nothing. Less than before can only be a new beginning;
    /// more is whichever of the two fits what was counted in between.
    /// </remarks>
    /// <param name="countedSince">Tokens read and cached by the messages since the account before.</param>
    public bool Continues(AgentAccount before, long countedSince)
    {
        if (SessionId != before.SessionId || CostUsd < before.CostUsd)
        {
            return false;
        }

        if (Models.Count == 0)
        {
            return true;
        }

        foreach (var model in before.Models)
        {
            if (Models.Where(other => other.Model == model.Model).Sum(static other => other.Tokens.Total) < model.Tokens.Total)
            {
                return false;
            }
        }

        return countedSince == 0 || Math.Abs(ReadTokens - before.ReadTokens - countedSince) <= Math.Abs(ReadTokens - countedSince);
    }
}

/// <summary>One model of a closing account.</summary>
internal sealed record ModelAccount(string Model, TokenCounts Tokens, decimal? CostUsd);
