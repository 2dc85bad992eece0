namespace Signalbox.Runner.Usage;

/// <summary>What a run has used up to now: what its budgets are compared with.</summary>
/// <param name="Usd">Null while neither the agent nor the prices know.</param>
/// <param name="Turns">Answers of the model to the agent itself, or what it told of them if that is more.</param>
internal readonly record struct UsageSoFar(long Tokens, decimal? Usd, long Turns);
