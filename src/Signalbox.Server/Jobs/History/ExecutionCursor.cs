using System.Globalization;

namespace Signalbox.Server.Jobs.History;

/// <summary>Where a page of executions ended: executions that have not ended come first, by when they are due, then those that have, by when they ended; newest first.</summary>
/// <param name="Live">Still among those that have not ended.</param>
internal sealed record ExecutionCursor(bool Live, long AtMs, string Id)
{
    public static ExecutionCursor Of(ExecutionRow row) => new(row.FinishedAtMs is null, row.FinishedAtMs ?? row.DueAtMs, row.Id);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Live ? 'l' : 'e')}{AtMs}.{Id}");

    /// <returns>Null for what is not a cursor of this list.</returns>
    public static ExecutionCursor? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 1 && dot < text.Length - 1 && text.Length <= 128 && text[0] is 'l' or 'e'
            && long.TryParse(text.AsSpan(1, dot - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var at)
            ? new ExecutionCursor(text[0] == 'l', at, text[(dot + 1)..])
            : null;
    }
}
