using System.Globalization;
using System.Text.Json;

namespace Signalbox.Server.Audit.Events;

/// <summary>Reads the members of one object of a report, and tells of those that are wrong, missing or unknown.</summary>
/// <remarks>What is absent, null or wrong is given as null. Call <see cref="Finish"/> last.</remarks>
internal sealed class ReportMembers(JsonElement element, string path, ReportErrors errors)
{
    private readonly List<string> _asked = [];

    public string PathOf(string name) => $"{path}.{name}";

    public void Fail(string name, string message) => errors.Add(PathOf(name), message);

    /// <param name="longest">In characters.</param>
    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (TextOf(value) is not { } text)
        {
            Fail(name, "This must be a text of whole characters.");
            return null;
        }

        return Check(name, text, longest);
    }

    public string? RequiredText(string name, int longest)
    {
        if (Find(name) is null)
        {
            Fail(name, "This is missing.");
            return null;
        }

        if (Text(name, longest) is not { } text)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            Fail(name, "This must not be empty.");
            return null;
        }

        return text;
    }

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name, int longest, int most)
    {
        if (Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > most)
        {
            Fail(name, string.Create(CultureInfo.InvariantCulture, $"This must be a list of at most {most} texts."));
            return [];
        }

        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{name}[{texts.Count}]");
            if (TextOf(item) is not { } text)
            {
                Fail(place, "This must be a text of whole characters.");
                return [];
            }

            texts.Add(Check(place, text, longest) ?? string.Empty);
        }

        return texts;
    }

    /// <summary>A time with its distance from UTC.</summary>
    public DateTimeOffset? Instant(string name, DateTimeOffset least, DateTimeOffset most)
    {
        if (Text(name, 64) is not { } text)
        {
            return null;
        }

        // Without a distance from UTC it would be read as if it were of the server's zone.
        var hasZone = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (hasZone && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) && instant >= least && instant <= most)
        {
            return instant;
        }

        Fail(name, string.Create(CultureInfo.InvariantCulture, $"This must be a time such as 2026-03-04T05:06:07.890Z, from {least:yyyy-MM-dd} until {most:yyyy-MM-ddTHH:mm:ssZ}."));
        return null;
    }

    public ReportMembers? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new ReportMembers(value, PathOf(name), errors);
        }

        Fail(name, "This must be an object.");
        return null;
    }

    /// <summary>Any value.</summary>
    public JsonElement? Value(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (ReportTexts.AreWhole(value))
        {
            return value;
        }

        Fail(name, "A text in it holds half of a character (a lone surrogate).");
        return null;
    }

    /// <summary>Reports members that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!_asked.Contains(member.Name, StringComparer.Ordinal))
            {
                Fail(member.Name, "There is no such member here.");
            }
        }
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String && ReportTexts.AreWhole(value) ? value.GetString() : null;

    private string? Check(string name, string text, int longest)
    {
        if (text.Length > longest)
        {
            Fail(name, string.Create(CultureInfo.InvariantCulture, $"This has {text.Length} characters; at most {longest} are allowed."));
            return null;
        }

        if (text.Any(static character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            Fail(name, "This holds a control character.");
            return null;
        }

        return text;
    }
}
