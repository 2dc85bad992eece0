using System.Text.RegularExpressions;

namespace Signalbox.Server.Platform.Control;

/// <summary>The type tokens of migrations, such as <c>{id}</c>, which each dialect fills in.</summary>
internal static partial class ColumnTypes
{
    /// <summary>An id: at most 64 characters; may be part of a key.</summary>
    public const string Id = "id";

    /// <summary>A name or another short text: at most 255 characters; may be part of a key.</summary>
    public const string Name = "name";

    /// <summary>A text of at most 64 KiB; not part of a key.</summary>
    public const string Text = "text";

    /// <summary>A text of at most 16 MiB; not part of a key.</summary>
    public const string LongText = "longtext";

    /// <summary>At most 64 bytes; may be part of a key.</summary>
    public const string Hash = "hash";

    /// <summary>At most 16 MiB; not part of a key.</summary>
    public const string Bytes = "bytes";

    /// <summary>64 bits, and every moment in milliseconds.</summary>
    public const string BigInt = "bigint";

    /// <summary>32 bits.</summary>
    public const string Int = "int";

    /// <summary>0 or 1.</summary>
    public const string Bool = "bool";

    /// <summary>A floating-point number of 64 bits.</summary>
    public const string Real = "real";

    /// <summary>Puts the dialect's types in the place of the tokens.</summary>
    /// <exception cref="InvalidOperationException">A token is not known.</exception>
    public static string Fill(string sql, IControlDialect dialect) => Token().Replace(sql, match =>
        dialect.Types.TryGetValue(match.Groups["name"].Value, out var type) ? type : throw new InvalidOperationException($"There is no column type {match.Value}."));

    [GeneratedRegex(@"\{(?<name>[a-z]+)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
