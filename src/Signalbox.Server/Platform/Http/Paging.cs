namespace Signalbox.Server.Platform.Http;

/// <summary>The bounds of one page of a list.</summary>
internal static class Paging
{
    public const int DefaultLimit = 100;
    public const int LargestLimit = 1000;

    /// <summary>Brings a requested page size into its bounds; null asks for the default.</summary>
    public static int Limit(int? requested) => Math.Clamp(requested ?? DefaultLimit, 1, LargestLimit);

    /// <summary>Splits what was read with one row more than the page holds.</summary>
    /// <returns>The page, and the cursor of the next one; null on the last.</returns>
    public static (IReadOnlyList<T> Items, string? Next) Cut<T>(IReadOnlyList<T> rows, int limit, Func<T, string> cursor) =>
        rows.Count > limit ? ([.. rows.Take(limit)], cursor(rows[limit - 1])) : (rows, null);
}
