using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Relabelling;

/// <summary>One relabelling rule, with Prometheus's semantics; thread-safe.</summary>
/// <remarks>Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/#relabel_config</remarks>
public sealed class RelabelRule
{
    private readonly RelabelAction _action;
    private readonly IReadOnlyList<string> _sources;
    private readonly string _separator;
    private readonly RelabelPattern _pattern;
    private readonly RelabelTemplate _replacement;
    private readonly RelabelTemplate _target;
    private readonly string _targetLabel;
    private readonly ulong _modulus;

    /// <exception cref="RelabelConfigException">The configuration is not valid; the message says every fault.</exception>
    public RelabelRule(RelabelConfig config)
    {
        var faults = RelabelValidation.FaultsOf(config, out var action, out var pattern);
        if (faults.Count > 0)
        {
            throw new RelabelConfigException("The relabelling rule is not valid: " + string.Join("; ", faults) + ".");
        }

        _action = action;
        _pattern = pattern!;
        _sources = config.SourceLabels ?? [];
        _separator = config.Separator ?? RelabelValidation.DefaultSeparator;
        _replacement = new RelabelTemplate(config.Replacement ?? RelabelValidation.DefaultReplacement);
        _targetLabel = config.TargetLabel ?? string.Empty;
        _target = new RelabelTemplate(_targetLabel);
        _modulus = config.Modulus ?? 0;
    }

    /// <summary>Applies rules in their order.</summary>
    /// <returns>Null when one of them drops the target or series.</returns>
    public static Labels? ApplyAll(IEnumerable<RelabelRule> rules, Labels labels)
    {
        var current = labels;
        foreach (var rule in rules)
        {
            if (rule.Apply(current) is not { } next)
            {
                return null;
            }

            current = next;
        }

        return current;
    }

    /// <summary>Applies the rule.</summary>
    /// <returns>The labels after it; null when it drops the target or series.</returns>
    public Labels? Apply(Labels labels) => _action switch
    {
        RelabelAction.Keep => _pattern.IsMatch(SourceOf(labels)) ? labels : null,
        RelabelAction.Drop => _pattern.IsMatch(SourceOf(labels)) ? null : labels,
        RelabelAction.KeepEqual => labels.Get(_targetLabel) == SourceOf(labels) ? labels : null,
        RelabelAction.DropEqual => labels.Get(_targetLabel) == SourceOf(labels) ? null : labels,
        RelabelAction.Replace => Replace(labels),
        RelabelAction.Lowercase => labels.With(_targetLabel, SourceOf(labels).ToLowerInvariant()),
        RelabelAction.Uppercase => labels.With(_targetLabel, SourceOf(labels).ToUpperInvariant()),
        RelabelAction.HashMod => labels.With(_targetLabel, HashMod(SourceOf(labels))),
        RelabelAction.LabelMap => Map(labels),
        RelabelAction.LabelDrop => labels.Without(_pattern.IsMatch),
        _ => labels.Without(name => !_pattern.IsMatch(name)),
    };

    private string SourceOf(Labels labels) => _sources.Count == 1 ? labels.Get(_sources[0]) : string.Join(_separator, _sources.Select(labels.Get));

    private Labels Replace(Labels labels)
    {
        if (_pattern.Match(SourceOf(labels)) is not { } groups)
        {
            return labels;
        }

        var target = _target.HasReferences ? _target.Expand(groups, _pattern) : _targetLabel;
        return target.Length == 0 ? labels : labels.With(target, _replacement.Expand(groups, _pattern));
    }

    /// <summary>The last eight bytes of the MD5, as Prometheus has it, so that shards agree with its own.</summary>
    private string HashMod(string source)
    {
        var hash = MD5.HashData(Encoding.UTF8.GetBytes(source));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)) % _modulus).ToString(CultureInfo.InvariantCulture);
    }

    private Labels Map(Labels labels)
    {
        var mapped = labels.ToDictionary(static label => label.Name, static label => label.Value, StringComparer.Ordinal);
        foreach (var label in labels)
        {
            if (_pattern.Match(label.Name) is { } groups && _replacement.Expand(groups, _pattern) is { Length: > 0 } name)
            {
                mapped[name] = label.Value;
            }
        }

        return Labels.From(mapped.Select(static label => new Label(label.Key, label.Value)));
    }
}
