namespace Signalbox.Runner.Agents;

/// <summary>Why an agent counts as hanging.</summary>
/// <param name="Reason">One of the outcome's reasons.</param>
/// <param name="Text">A whole sentence for people.</param>
internal sealed record WatchVerdict(string Reason, string Text);
