using System.Globalization;

namespace Signalbox.Settings;

/// <summary>Gives each slice its settings from flags, environment and file, and gathers everything that is wrong instead of stopping at the first.</summary>
/// <remarks>
/// Flags win over environment, environment over file, file over default. A slice asks for every key it knows; what nobody asked for is reported by
/// <see cref="Finish"/> as unknown. Asking registers the key with its default and help, which is what the generated reference is made of.
/// </remarks>
public sealed class SettingsReader
{
    private readonly SettingsSources _sources;
    private readonly List<SettingsError> _errors = [];
    private readonly Dictionary<string, SettingDescription> _known = new(StringComparer.Ordinal);

    public SettingsReader(SettingsSources sources) => _sources = sources;

    public IReadOnlyList<SettingsError> Errors => _errors;

    /// <summary>Every key asked for so far, in ordinal order.</summary>
    public IReadOnlyCollection<SettingDescription> Known => [.. _known.Values.OrderBy(static description => description.Key, StringComparer.Ordinal)];

    /// <summary>Folder of the configuration file, against which relative paths in it are read; the working folder without a file.</summary>
    public string BaseFolder => _sources.BaseFolder;

    /// <summary>Whether anybody set a key.</summary>
    public bool IsSet(string key) => _sources.FindNode(key) is not null || _sources.IsSetOutsideFile(key);

    /// <summary>Whether there is a configuration file.</summary>
    public bool HasFile => _sources.File is not null;

    public string Text(string key, string defaultValue, string help) =>
        Read(key, "text", defaultValue, help, defaultValue, static (string text, out string value) => (value = text).Length > 0);

    /// <summary>A text that may be absent.</summary>
    public string? OptionalText(string key, string help)
    {
        Register(key, "text", string.Empty, help);
        return _sources.Find(key, _errors) is { Text.Length: > 0 } found ? found.Text : null;
    }

    /// <summary>A text that may be absent and that a variable known to other programs, too, can give; that one wins over the file, as all of the environment does.</summary>
    public string? OptionalText(string key, string variable, string help) =>
        OptionalText(key, help) is { } text && (_sources.IsSetOutsideFile(key) || Variable(variable) is null) ? text : Variable(variable);

    /// <summary>A variable of the environment that other programs know too and that has no key of its own name; null when it is not set.</summary>
    public string? Variable(string name) => _sources.Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public bool Switch(string key, bool defaultValue, string help) => Read(
        key,
        "true or false",
        defaultValue ? "true" : "false",
        help,
        defaultValue,
        static (string text, out bool value) =>
        {
            value = text is "true" or "on" or "yes";
            return value || text is "false" or "off" or "no";
        });

    public string Choice(string key, string defaultValue, string help, params string[] allowed) => Read(
        key,
        "one of " + string.Join(", ", allowed),
        defaultValue,
        help,
        defaultValue,
        (string text, out string value) => allowed.Contains(value = text, StringComparer.Ordinal));

    public long Integer(string key, long defaultValue, long minimum, long maximum, string help) => Read(
        key,
        string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"),
        defaultValue.ToString(CultureInfo.InvariantCulture),
        help,
        defaultValue,
        (string text, out long value) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum);

    public double Number(string key, double defaultValue, double minimum, double maximum, string help) => Read(
        key,
        string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"),
        defaultValue.ToString(CultureInfo.InvariantCulture),
        help,
        defaultValue,
        (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum);

    public TimeSpan Duration(string key, TimeSpan defaultValue, TimeSpan minimum, TimeSpan maximum, string help) => Read(
        key,
        $"a duration from {DurationText.Format(minimum)} to {DurationText.Format(maximum)}, for example {DurationText.Format(defaultValue)}",
        DurationText.Format(defaultValue),
        help,
        defaultValue,
        (string text, out TimeSpan value) => DurationText.TryParse(text, out value) && value >= minimum && value <= maximum);

    public long Bytes(string key, long defaultValue, long minimum, long maximum, string help) => Read(
        key,
        $"a size from {SizeText.Format(minimum)} to {SizeText.Format(maximum)}, for example {SizeText.Format(defaultValue)}",
        SizeText.Format(defaultValue),
        help,
        defaultValue,
        (string text, out long value) => SizeText.TryParse(text, out value) && value >= minimum && value <= maximum);

    /// <summary>A list of texts; in flags and environment separated by commas.</summary>
    public IReadOnlyList<string> List(string key, string help)
    {
        Register(key, "a list of texts", string.Empty, help);
        return _sources.FindList(key, _errors);
    }

    /// <summary>A structured part that the slice reads itself, such as <c>scrape_configs</c>; null when it is absent.</summary>
    public SettingsNode? Structure(string key, string help)
    {
        Register(key, "a structure", string.Empty, help);
        return _sources.FindStructure(key, _errors);
    }

    /// <summary>Reports something that only the slice can see, at the place where the key was set.</summary>
    public void Fail(string key, string message) => _errors.Add(new SettingsError(_sources.PlaceOf(key), key, message));

    /// <summary>The same for one item of a <see cref="List"/>, at its own place.</summary>
    public void Fail(string key, int item, string message) => _errors.Add(new SettingsError(_sources.PlaceOf(key, item), key, message));

    public void Fail(SettingsNode node, string key, string message) => _errors.Add(new SettingsError(node.Place, key, message));

    /// <summary>Adds an error for every key that nobody asked for.</summary>
    /// <exception cref="SettingsException">Anything was wrong, anywhere; the exception carries all of it.</exception>
    public void Finish()
    {
        _errors.AddRange(_sources.Unknown(_known.Keys));
        if (_errors.Count > 0)
        {
            // Two readers of one key find the same fault.
            throw new SettingsException([.. _errors.Distinct()]);
        }
    }

    private delegate bool TryParse<T>(string text, out T value);

    private T Read<T>(string key, string allowed, string defaultText, string help, T defaultValue, TryParse<T> parse)
    {
        Register(key, allowed, defaultText, help);
        if (_sources.Find(key, _errors) is not { } found)
        {
            return defaultValue;
        }

        if (parse(found.Text, out var value))
        {
            return value;
        }

        _errors.Add(new SettingsError(found.Place, key, $"'{found.Text}' is not allowed; write {allowed}."));
        return defaultValue;
    }

    private void Register(string key, string allowed, string defaultText, string help) =>
        _known[key] = new SettingDescription(key, allowed, defaultText, help);
}

/// <summary>One key that the program knows.</summary>
public sealed record SettingDescription(string Key, string Allowed, string DefaultText, string Help);
