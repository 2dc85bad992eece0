namespace Signalbox.Server.Jobs.History;

/// <summary>One piece of what a run wrote.</summary>
/// <param name="Seq">Grows by the order of writing; the cursor.</param>
/// <param name="Stream"><c>out</c> or <c>err</c>.</param>
internal sealed record OutputItem(long Seq, string Stream, DateTimeOffset At, string Text);

/// <summary>One page of an execution's output.</summary>
/// <param name="Next">Ask with <c>after</c> for what comes later, also when there is nothing yet; null when there will be nothing.</param>
/// <param name="Complete">The execution has ended and this page is the last.</param>
/// <param name="Cut">Some output was left out because of its limit.</param>
internal sealed record OutputPage(IReadOnlyList<OutputItem> Items, long? Next, bool Complete, bool Cut);
