namespace Signalbox.Server.Runs.News;

/// <summary>A run came, changed or went; read it again.</summary>
/// <param name="Id">Null when only the number of runs is known to have changed.</param>
/// <param name="Change"><c>report</c>, <c>delete</c> or <c>change</c>.</param>
internal sealed record RunNews(string? Id, string Change);
