namespace Signalbox.Settings;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Place"><c>file:line:column</c>, <c>environment SIGNALBOX_X</c> or <c>flag --x</c>.</param>
/// <param name="Key">Dotted key, for instance <c>metrics.retention</c>; empty when the file as a whole is meant.</param>
/// <param name="Message">What was found and what is allowed, as a sentence.</param>
public sealed record SettingsError(string Place, string Key, string Message)
{
    public override string ToString() => Key.Length == 0 ? $"{Place}: {Message}" : $"{Place}: {Key}: {Message}";
}

/// <summary>The configuration does not hold; the program must not start with it.</summary>
public sealed class SettingsException(IReadOnlyList<SettingsError> errors)
    : Exception(string.Join('\n', errors.Select(static error => error.ToString())))
{
    public IReadOnlyList<SettingsError> Errors { get; } = errors;
}
