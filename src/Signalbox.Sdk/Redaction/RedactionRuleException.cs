namespace Signalbox.Sdk.Redaction;

/// <summary>A rule or a mask cannot be used as it is written; the message names it.</summary>
public sealed class RedactionRuleException(string rule, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The id of the rule, or the text of the mask.</summary>
    public string Rule { get; } = rule;
}
