using System.Globalization;
using System.Text.Json;
using Signalbox.Scheduling;
using Signalbox.Settings;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>Reads the members of one JSON object, gathers what is wrong with them, and tells of members that nobody asked for.</summary>
/// <remarks>A member that is absent, null or wrong is given as null; only what is wrong is reported. Call <see cref="Finish"/> last.</remarks>
internal sealed class MemberReader
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly DefinitionErrors _errors;
    private readonly bool _looseTexts;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <param name="element">An object.</param>
    /// <param name="path">Its own path; empty for the root.</param>
    /// <param name="looseTexts">Take numbers and booleans as texts, as people write them in YAML without quotes.</param>
    public MemberReader(JsonElement element, string path, DefinitionErrors errors, bool looseTexts)
    {
        _object = element;
        _path = path;
        _errors = errors;
        _looseTexts = looseTexts;
    }

    public bool Has(string name) => Find(name) is not null;

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public void Fail(string name, string message, string? limit = null) => _errors.Add(PathOf(name), message, limit);

    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (TextOf(value) is not { } text)
        {
            Fail(name, "This must be a text.");
            return null;
        }

        return Check(name, text, longest);
    }

    /// <summary>A text that must be there and not be empty.</summary>
    public string? RequiredText(string name, int longest)
    {
        if (!Has(name))
        {
            Fail(name, "This is missing.");
            return null;
        }

        if (Text(name, longest) is not { } text)
        {
            return null;
        }

        if (text.Length == 0)
        {
            Fail(name, "This must not be empty.");
            return null;
        }

        return text;
    }

    public int? Integer(string name, int least, int most)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fail(name, string.Create(CultureInfo.InvariantCulture, $"This must be a whole number from {least} to {most}."));
        return null;
    }

    public bool? Switch(string name)
    {
        switch (Find(name)?.ValueKind)
        {
            case null:
                return null;
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Fail(name, "This must be true or false.");
                return null;
        }
    }

    public TimeSpan? Duration(string name, TimeSpan least, TimeSpan most)
    {
        if (Find(name) is null || Text(name, 64) is not { } text)
        {
            return null;
        }

        if (DurationText.TryParseWire(text, out var duration) && duration >= least && duration <= most && duration.Ticks % TimeSpan.TicksPerMillisecond == 0)
        {
            return duration;
        }

        Fail(name, $"'{text}' is not a duration from {DurationText.Format(least)} to {DurationText.Format(most)}; write for example 90s, 15m or 1h30m.");
        return null;
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        if (Find(name) is null || Text(name, 64) is not { } text)
        {
            return null;
        }

        if (WireNames.TryParse<T>(text, out var value))
        {
            return value;
        }

        Fail(name, $"'{text}' is not one of {string.Join(", ", WireNames.All<T>())}.");
        return null;
    }

    /// <summary>A list of texts; items that are wrong are reported and left out.</summary>
    public IReadOnlyList<string>? Texts(string name, int longest, int most, string? limit = null)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Fail(name, "This must be a list of texts.");
            return null;
        }

        if (value.GetArrayLength() > most)
        {
            Fail(name, string.Create(CultureInfo.InvariantCulture, $"This holds {value.GetArrayLength()} items; at most {most} are allowed{(limit is null ? string.Empty : $" ({limit})")}."), limit);
            return null;
        }

        var texts = new List<string>();
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{name}[{index++}]");
            if (TextOf(item) is not { } text)
            {
                Fail(place, "This must be a text.");
            }
            else if (Check(place, text, longest) is { } good)
            {
                texts.Add(good);
            }
        }

        return texts;
    }

    /// <summary>A list of states that is not empty, without repetition.</summary>
    public IReadOnlyList<ExecutionState>? States(string name, IReadOnlyList<ExecutionState> allowed)
    {
        if (Texts(name, 32, 32) is not { } texts)
        {
            return null;
        }

        if (texts.Count == 0)
        {
            Fail(name, "This names no state.");
        }

        var states = new List<ExecutionState>();
        foreach (var text in texts)
        {
            if (!WireNames.TryParse<ExecutionState>(text, out var state) || !allowed.Contains(state))
            {
                Fail(name, $"'{text}' is not one of {string.Join(", ", allowed.Select(static state => WireNames.Format(state)))}.");
            }
            else if (!states.Contains(state))
            {
                states.Add(state);
            }
        }

        return states.Count == 0 ? null : states;
    }

    /// <summary>An object whose members are all texts.</summary>
    public IReadOnlyDictionary<string, string>? Map(string name, int longest, int most, string limit)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Fail(name, "This must be an object whose members are texts.");
            return null;
        }

        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var place = $"{name}.{member.Name}";
            if (TextOf(member.Value) is not { } text)
            {
                Fail(place, "This must be a text.");
            }
            else if (Check(place, text, longest) is { } good)
            {
                map[member.Name] = good;
            }
        }

        if (map.Count > most)
        {
            Fail(name, string.Create(CultureInfo.InvariantCulture, $"This holds {map.Count} members; at most {most} are allowed ({limit})."), limit);
            return null;
        }

        return map;
    }

    /// <summary>An object of its own; the caller finishes it.</summary>
    public MemberReader? Object(string name)
    {
        if (Find(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new MemberReader(value, PathOf(name), _errors, _looseTexts);
        }

        Fail(name, "This must be an object.");
        return null;
    }

    public JsonElement? Raw(string name) => Find(name);

    /// <summary>Reports members that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var member in _object.EnumerateObject())
        {
            if (!_asked.Contains(member.Name))
            {
                Fail(member.Name, "There is no such member here.");
            }
        }
    }

    private JsonElement? Find(string name)
    {
        _asked.Add(name);
        return _object.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when _looseTexts => value.GetRawText(),
        _ => null,
    };

    private string? Check(string name, string text, int longest)
    {
        if (text.Length > longest)
        {
            Fail(name, string.Create(CultureInfo.InvariantCulture, $"This has {text.Length} characters; at most {longest} are allowed."));
            return null;
        }

        // No database of the house and no argument of a process can hold it.
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            Fail(name, "This holds a NUL character.");
            return null;
        }

        return text;
    }
}
