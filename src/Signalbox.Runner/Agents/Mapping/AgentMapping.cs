using Signalbox.Settings;

namespace Signalbox.Runner.Agents.Mapping;

/// <summary>Says how the lines of an agent's output become events: what a user writes to have an agent read that the runner does not know.</summary>
/// <remarks>The form is described in <c>docs/runner-agents.md</c>.</remarks>
internal sealed record AgentMapping
{
    /// <summary>Of the agent, as reports name it.</summary>
    public required string Name { get; init; }

    /// <summary>The file as it was written.</summary>
    public required string Text { get; init; }

    /// <summary>What an event that no entry knows is counted under.</summary>
    public required MappedValue Type { get; init; }

    /// <summary>Options of the command that name the model.</summary>
    public required IReadOnlyList<string> ModelOptions { get; init; }

    /// <summary>The model where neither event nor command names one.</summary>
    public string? Model { get; init; }

    public required IReadOnlyList<MappedEntry> Entries { get; init; }

    /// <exception cref="SettingsException">The file cannot be read, or does not hold; the exception carries all that is wrong, with places.</exception>
    public static AgentMapping ReadFile(string file)
    {
        try
        {
            return new FileInfo(file).Length <= SettingsFile.MaxBytes
                ? Parse(File.ReadAllText(file), file)
                : throw new SettingsException([new SettingsError(file, string.Empty, $"The mapping is larger than {SettingsFile.MaxBytes} bytes.")]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new SettingsError(file, string.Empty, $"The mapping cannot be read: {exception.Message}")]);
        }
    }

    /// <param name="file">What the text is called in messages.</param>
    /// <exception cref="SettingsException">It does not hold; the exception carries all that is wrong, with places.</exception>
    public static AgentMapping Parse(string text, string file)
    {
        var errors = new List<SettingsError>();
        var mapping = new MappingFileReader(errors).Read(SettingsFile.Parse(text, file), text);
        return errors.Count == 0 ? mapping : throw new SettingsException(errors);
    }
}
