using System.Text;

namespace Signalbox.Server.Audit.Search;

/// <summary>What is asked of the log: all filters must hold; of the values of one filter any; an empty filter holds always. Values are compared exactly, byte by byte.</summary>
internal sealed record EventQuery
{
    /// <summary>Values of one filter.</summary>
    public const int MostValues = 50;

    /// <summary>Words of the text.</summary>
    public const int MostWords = 32;

    /// <summary>Since when, by the server's clock, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Ids or names.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Ids or names of those for whom the actor acted.</summary>
    public IReadOnlyList<string> OnBehalfOf { get; init; } = [];

    /// <summary>Ids or names of the callers who reported the event.</summary>
    public IReadOnlyList<string> Reporters { get; init; } = [];

    public IReadOnlyList<string> Actions { get; init; } = [];

    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    public IReadOnlyList<string> ResourceIds { get; init; } = [];

    public IReadOnlyList<string> ResourceNames { get; init; } = [];

    public IReadOnlyList<string> Outcomes { get; init; } = [];

    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<string> Traces { get; init; } = [];

    public IReadOnlyList<string> Requests { get; init; } = [];

    public IReadOnlyList<string> Sources { get; init; } = [];

    public IReadOnlyList<string> Policies { get; init; } = [];

    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Words that must all occur, in whatever order and case; a word that looks like an id is also looked for as id, trace and request.</summary>
    public string? Text { get; init; }

    /// <summary>The oldest events first; otherwise the newest.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>How many words a search takes from <paramref name="text"/>; at most <see cref="MostWords"/> are accepted.</summary>
    public static int WordsIn(string text)
    {
        var count = 0;
        var words = new WordReader(Encoding.UTF8.GetBytes(text), stackalloc byte[WordReader.LongestWord]);
        while (words.Next(out _))
        {
            count++;
        }

        return count;
    }
}
