namespace Signalbox.Server.Audit.Search;

/// <summary>The terms under which a record is found: a hash of each of its fields that can be asked for, and of the words of its texts.</summary>
/// <remarks>A term is <see cref="XxHash64"/> of the value in UTF-8, seeded with the <see cref="TermField"/>. The rules are part of what is stored: see docs/audit-search.md.</remarks>
internal static class RecordTerms
{
    /// <summary>Words of one record that are kept; more of them are not found.</summary>
    public const int MostWords = 64;

    /// <summary>Most terms of one record.</summary>
    public const int Most = MostWords + 24;

    /// <param name="body">A record as it is stored: canonical JSON.</param>
    /// <param name="terms">Takes at least <see cref="Most"/>; distinct, in no order.</param>
    /// <returns>How many terms there are. What cannot be read as JSON has those up to the place where reading ended.</returns>
    public static int Of(ReadOnlySpan<byte> body, Span<ulong> terms)
    {
        var gathered = new TermSet(terms, match: null);
        _ = RecordWalk.TryRun(body, ref gathered);
        return gathered.Count;
    }

    /// <inheritdoc cref="Of(ReadOnlySpan{byte}, Span{ulong})"/>
    public static ulong[] Of(ReadOnlySpan<byte> body)
    {
        Span<ulong> terms = stackalloc ulong[Most];
        return terms[..Of(body, terms)].ToArray();
    }

    public static ulong Hash(TermField field, scoped ReadOnlySpan<byte> value) => XxHash64.Of(value, (ulong)field);
}
