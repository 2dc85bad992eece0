using System.Globalization;

namespace Signalbox.Server.Platform.Client;

/// <summary>Makes texts that others wrote fit for a terminal: what they hold of its commands is shown instead of obeyed.</summary>
internal static class PlainText
{
    /// <summary>Writes control characters, and those that turn the direction of writing around, as <c>\x1b</c> and <c>\u202e</c>.</summary>
    public static string Of(string text) => text.Any(IsCommand) ? string.Concat(text.Select(static character => IsCommand(character) ? Shown(character) : character.ToString())) : text;

    private static string Shown(char character) => char.IsAscii(character)
        ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}")
        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");

    private static bool IsCommand(char character) =>
        char.IsControl(character) || character is '\u061c' or (>= '\u200e' and <= '\u200f') or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
