using Signalbox.Sdk.Redaction.Rules;

namespace Signalbox.Sdk.Redaction;

/// <summary>The rules that Signalbox brings along.</summary>
public static class RedactionRules
{
    /// <summary>Those of formats of their own come before those that go by the neighbourhood.</summary>
    public static IReadOnlyList<RedactionRule> All { get; } =
        [.. KeyRules.All, .. CodeRules.All, .. CloudRules.All, .. MessageRules.All, .. ServiceRules.All, .. ContextRules.All];
}
