namespace Signalbox.PromQL.Model;

/// <summary>One name and value of a series' identity.</summary>
/// <param name="Name">UTF-8 text, never empty.</param>
/// <param name="Value">UTF-8 text; an empty value means the label is absent.</param>
public readonly record struct Label(string Name, string Value);
