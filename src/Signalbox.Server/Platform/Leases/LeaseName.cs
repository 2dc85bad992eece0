using System.Buffers;

namespace Signalbox.Server.Platform.Leases;

/// <summary>What a lease is on: 1 to 200 characters of ASCII letters, digits and <c>. _ : / -</c>, upper and lower case told apart.</summary>
internal readonly record struct LeaseName
{
    public const int MaxLength = 200;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-");

    private readonly string? _text;

    private LeaseName(string text) => _text = text;

    /// <exception cref="ArgumentException">The text is no name; names are chosen by the program, so this is a bug.</exception>
    public static LeaseName Of(string text) =>
        TryParse(text, out var name) ? name : throw new ArgumentException($"A lease's name has 1 to {MaxLength} ASCII letters, digits and . _ : / -", nameof(text));

    public static bool TryParse(string? text, out LeaseName name)
    {
        var fits = text is { Length: > 0 and <= MaxLength } && text.AsSpan().IndexOfAnyExcept(Allowed) < 0;
        name = fits ? new LeaseName(text!) : default;
        return fits;
    }

    public override string ToString() => _text ?? string.Empty;
}
