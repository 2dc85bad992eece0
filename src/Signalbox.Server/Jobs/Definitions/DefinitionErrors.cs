namespace Signalbox.Server.Jobs.Definitions;

/// <summary>One thing that is wrong with a definition.</summary>
/// <param name="Member">Dotted path of the member, such as <c>schedule.cron</c>; empty for the definition as a whole.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Limit">The setting whose bound it passes; null when it is no bound.</param>
internal sealed record DefinitionError(string Member, string Message, string? Limit)
{
    public override string ToString() => Member.Length == 0 ? Message : $"{Member}: {Message}";
}

/// <summary>Gathers everything that is wrong with a definition, so that it can be mended at once.</summary>
internal sealed class DefinitionErrors
{
    /// <summary>What a person can take in; a definition that is wrong throughout says no more with more.</summary>
    private const int Most = 50;

    private readonly List<DefinitionError> _items = [];

    public IReadOnlyList<DefinitionError> Items => _items;

    public bool Any => _items.Count > 0;

    public void Add(string member, string message, string? limit = null)
    {
        if (_items.Count < Most)
        {
            _items.Add(new DefinitionError(member, message, limit));
        }
    }
}
