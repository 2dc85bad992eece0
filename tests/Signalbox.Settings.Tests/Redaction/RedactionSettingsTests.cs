using Signalbox.Sdk.Redaction;
using Signalbox.Settings.Redaction;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Settings.Tests.Redaction;

public sealed class RedactionSettingsTests
{
    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    [Fact]
    public void WithoutSettingsThereAreSignalboxsRulesOnly()
    {
        var (options, errors) = Read(string.Empty);

        Assert.Empty(errors);
        Assert.Empty(options.AdditionalRules);
        Assert.Same(RedactionRules.All, options.Rules);
    }

    [Fact]
    public void ARuleIsReadWhole()
    {
        var (options, errors) = Read(
            """
            redaction:
              rules:
                - id: acme-token
                  description: Acme's tokens
                  pattern: acme-(?<key>[0-9a-f]{4,24})
                  secret_group: key
                  entropy: 1.5
                  keywords: [acme-]
                  allow: [abcdef01]
                  allow_patterns: [^0000]
                  stop_words: [demo]
            """);

        Assert.Empty(errors);
        var rule = Assert.Single(options.AdditionalRules);
        Assert.Equal(("acme-token", "Acme's tokens", "key", 1.5), (rule.Id, rule.Description, rule.SecretGroup, rule.MinimumEntropy));
        var redactor = new Redactor(options);
        Assert.StartsWith("acme-[redacted:acme-token:", redactor.Redact("acme-12345678abcd"), StringComparison.Ordinal);
        Assert.All(["acme-abcdef01", "acme-00001234", "acme-1111111111"], text => Assert.Equal(text, redactor.Redact(text)));
    }

    [Fact]
    public void NamesMasksAndDisabledRulesAreRead()
    {
        var (options, errors) = Read(
            """
            redaction:
              disabled: [travis-token]
              fields: [shoe size]
              allow_fields: [csrf token]
              masks: [/headers/*, /**/pin]
            """);

        Assert.Empty(errors);
        Assert.Equal(["travis-token"], options.DisabledRules);
        Assert.Equal(["shoe size"], options.MaskedNames);
        Assert.Equal(["csrf token"], options.AllowedNames);
        Assert.Equal(["/headers/*", "/**/pin"], options.Masks);
    }

    [Theory]
    [InlineData("{id: a, pattern: '(?<=x)y'}", "signalbox.yaml:3:7: redaction.rules[0]: Redaction rule a: the pattern (?<=x)y cannot be used")]
    [InlineData("{id: a, pattern: '(y'}", "signalbox.yaml:3:7: redaction.rules[0]: Redaction rule a: the pattern (y cannot be used")]
    [InlineData("{id: A b, pattern: y}", "signalbox.yaml:3:7: redaction.rules[0]: Redaction rule A b: an id has")]
    [InlineData("{pattern: y}", "signalbox.yaml:3:7: redaction.rules[0].id: This key is required.")]
    [InlineData("{id: a}", "signalbox.yaml:3:7: redaction.rules[0].pattern: This key is required.")]
    [InlineData("{id: jwt, pattern: y}", "signalbox.yaml:3:12: redaction.rules[0].id: There is a rule 'jwt' already")]
    [InlineData("{id: field, pattern: y}", "signalbox.yaml:3:12: redaction.rules[0].id: There is a rule 'field' already")]
    [InlineData("{id: a, pattern: y, secret_group: z}", "signalbox.yaml:3:7: redaction.rules[0]: Redaction rule a: its pattern has no group named z.")]
    [InlineData("{id: a, pattern: y, entropy: 9}", "signalbox.yaml:3:36: redaction.rules[0].entropy: '9' is not allowed; write a number from 0 to 8.")]
    [InlineData("{id: a, pattern: y, entropy: NaN}", "signalbox.yaml:3:36: redaction.rules[0].entropy: 'NaN' is not allowed")]
    [InlineData("{id: a, pattern: y, keywords: ['é']}", "signalbox.yaml:3:7: redaction.rules[0]: Redaction rule a: the keyword 'é'")]
    [InlineData("{id: a, pattern: y, keywords: k}", "signalbox.yaml:3:37: redaction.rules[0].keywords: A list of texts belongs here")]
    [InlineData("{id: a, pattern: y, allow_patterns: ['(']}", "signalbox.yaml:3:7: redaction.rules[0]: Redaction rule a: the pattern ( cannot be used")]
    [InlineData("{id: a, pattern: y, colour: red}", "signalbox.yaml:3:27: redaction.rules[0].colour: This key is unknown")]
    [InlineData("text", "signalbox.yaml:3:7: redaction.rules[0]: A mapping belongs here")]
    public void AWrongRuleIsRefusedWithItsPlace(string rule, string error)
    {
        var (_, errors) = Read($"redaction:\n  rules:\n    - {rule}\n");

        Assert.StartsWith(error, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: {id: a}", "signalbox.yaml:2:10: redaction.rules: A list belongs here, not a mapping.")]
    [InlineData("rules:\n    - {id: a, pattern: x}\n    - {id: a, pattern: y}", "signalbox.yaml:4:12: redaction.rules[1].id: There is a rule 'a' already")]
    [InlineData("disabled:\n    - jwt\n    - jwtt", "signalbox.yaml:4:7: redaction.disabled: 'jwtt' is the id of no rule")]
    [InlineData("fields:\n    - good\n    - '--'", "signalbox.yaml:4:7: redaction.fields: '--' is not allowed")]
    [InlineData("allow_fields: ['']", "signalbox.yaml:2:18: redaction.allow_fields: '' is not allowed")]
    [InlineData("masks:\n    - /good\n    - headers/*", "signalbox.yaml:4:7: redaction.masks: The JSON Pointer pattern headers/* does not begin with a slash.")]
    [InlineData("fields: [Pin]\n  allow_fields: [pin]", "signalbox.yaml:3:17: redaction.allow_fields: 'Pin' stands in redaction.fields, too.")]
    [InlineData("field: [pin]", "signalbox.yaml:2:3: redaction.field: This key is unknown.")]
    public void WhatElseIsWrongIsRefusedWithItsPlace(string text, string error)
    {
        var (_, errors) = Read($"redaction:\n  {text}\n");

        Assert.StartsWith(error, Assert.Single(errors), StringComparison.Ordinal);
    }

    private static (RedactionOptions Options, List<string> Errors) Read(string text)
    {
        var reader = new SettingsReader(new SettingsSources(Nothing, Nothing, SettingsFile.Parse(text, "signalbox.yaml")));
        var options = RedactionSettings.Read(reader);
        try
        {
            reader.Finish();
        }
        catch (SettingsException exception)
        {
            return (options, [.. exception.Errors.Select(static error => error.ToString())]);
        }

        return (options, []);
    }
}
