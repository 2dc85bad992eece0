using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Runner.Facts;
using Signalbox.Sdk.Redaction;

namespace Signalbox.Runner.Readings;

/// <summary>What a run's redaction was told beside what Signalbox knows; kept with the run, so that a replay erases the same.</summary>
internal sealed record RedactionSnapshot
{
    public IReadOnlyList<RedactionRule> Rules { get; init; } = [];

    public IReadOnlyList<string> Disabled { get; init; } = [];

    public IReadOnlyList<string> Fields { get; init; } = [];

    public IReadOnlyList<string> AllowFields { get; init; } = [];

    public IReadOnlyList<string> Masks { get; init; } = [];

    /// <summary>Whether anything is other than it is without configuration.</summary>
    public static bool IsNeededFor(RedactionOptions options) =>
        options.AdditionalRules.Count > 0 || options.DisabledRules.Count > 0 || options.MaskedNames.Count > 0 || options.AllowedNames.Count > 0 || options.Masks.Count > 0;

    public static string Write(RedactionOptions options) => JsonSerializer.Serialize(
        new RedactionSnapshot
        {
            Rules = options.AdditionalRules,
            Disabled = options.DisabledRules,
            Fields = options.MaskedNames,
            AllowFields = options.AllowedNames,
            Masks = options.Masks,
        },
        RedactionJson.Default.RedactionSnapshot);

    /// <summary>The redactor of a run that was started; building it takes longer than the rest of a start, so it is asked for when it is needed.</summary>
    /// <exception cref="JsonException">What is kept with the run is something else.</exception>
    public static Redactor RedactorOf(RunStart start)
    {
        var kept = start.Settings.GetValueOrDefault(RunSettings.Redaction) is { } json ? JsonSerializer.Deserialize(json, RedactionJson.Default.RedactionSnapshot) : null;
        return new Redactor(new RedactionOptions
        {
            Key = Convert.FromBase64String(start.RedactionKey),
            AdditionalRules = kept?.Rules ?? [],
            DisabledRules = kept?.Disabled ?? [],
            MaskedNames = kept?.Fields ?? [],
            AllowedNames = kept?.AllowFields ?? [],
            Masks = kept?.Masks ?? [],
        });
    }
}

/// <summary>The form in which redaction is kept with a run.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RedactionSnapshot))]
internal sealed partial class RedactionJson : JsonSerializerContext;
