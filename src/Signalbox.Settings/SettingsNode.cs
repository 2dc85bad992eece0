namespace Signalbox.Settings;

/// <summary>One node of a configuration file, with the place it stands at.</summary>
/// <param name="Line">One-based.</param>
/// <param name="Column">One-based.</param>
public abstract record SettingsNode(string File, int Line, int Column)
{
    public string Place => $"{File}:{Line}:{Column}";

    /// <summary>What the node is, for an error message.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value, as written; null for an explicit or implied null.</summary>
public sealed record ScalarNode(string File, int Line, int Column, string? Text, bool Quoted) : SettingsNode(File, Line, Column)
{
    public override string Kind => "a single value";
}

/// <summary>A sequence.</summary>
public sealed record ListNode(string File, int Line, int Column, IReadOnlyList<SettingsNode> Items) : SettingsNode(File, Line, Column)
{
    public override string Kind => "a list";
}

/// <summary>A mapping, in the order of the file.</summary>
public sealed record MapNode(string File, int Line, int Column, IReadOnlyList<SettingsEntry> Entries) : SettingsNode(File, Line, Column)
{
    public override string Kind => "a mapping";

    public SettingsNode? Find(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
}

/// <summary>One key of a mapping and its value.</summary>
public sealed record SettingsEntry(ScalarNode Key, SettingsNode Value);
