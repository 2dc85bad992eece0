using System.Collections;
using System.Text;

namespace Signalbox.PromQL.Model;

/// <summary>The identity of a series: an immutable set of labels, sorted by name in ordinal order, without empty values.</summary>
public sealed class Labels : IReadOnlyList<Label>, IEquatable<Labels>, IComparable<Labels>
{
    /// <summary>The label that holds the metric's name.</summary>
    public const string MetricName = "__name__";

    private readonly Label[] _labels;
    private readonly int _hash;

    private Labels(Label[] sorted)
    {
        _labels = sorted;
        var hash = new HashCode();
        foreach (var label in sorted)
        {
            hash.Add(label.Name, StringComparer.Ordinal);
            hash.Add(label.Value, StringComparer.Ordinal);
        }

        _hash = hash.ToHashCode();
    }

    public static Labels Empty { get; } = new([]);

    public int Count => _labels.Length;

    /// <summary>The metric's name, or an empty string.</summary>
    public string Name => Get(MetricName);

    public Label this[int index] => _labels[index];

    /// <summary>Builds a set from labels in any order; empty values are dropped.</summary>
    /// <exception cref="ArgumentException">A name is empty or appears twice.</exception>
    public static Labels From(IEnumerable<Label> labels)
    {
        var sorted = labels.Where(static label => label.Value.Length > 0).ToArray();
        Array.Sort(sorted, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        for (var index = 0; index < sorted.Length; index++)
        {
            if (sorted[index].Name.Length == 0 || (index > 0 && sorted[index].Name == sorted[index - 1].Name))
            {
                throw new ArgumentException($"Label name '{sorted[index].Name}' is empty or appears twice.", nameof(labels));
            }
        }

        return sorted.Length == 0 ? Empty : new Labels(sorted);
    }

    public static Labels From(params (string Name, string Value)[] labels) =>
        From(labels.Select(static label => new Label(label.Name, label.Value)));

    /// <summary>Takes ownership of labels that are already sorted, distinct and non-empty.</summary>
    public static Labels FromSorted(Label[] sorted) => sorted.Length == 0 ? Empty : new Labels(sorted);

    /// <summary>The label's value, or an empty string when it is absent.</summary>
    public string Get(string name)
    {
        foreach (var label in _labels)
        {
            if (label.Name == name)
            {
                return label.Value;
            }
        }

        return string.Empty;
    }

    public bool Has(string name) => Get(name).Length > 0;

    /// <summary>This set with one label replaced; an empty value removes it.</summary>
    public Labels With(string name, string value) =>
        From(_labels.Where(label => label.Name != name).Append(new Label(name, value)));

    public Labels Without(Func<string, bool> drop)
    {
        var kept = Array.FindAll(_labels, label => !drop(label.Name));
        return kept.Length == _labels.Length ? this : FromSorted(kept);
    }

    public bool Equals(Labels? other) =>
        other is not null && (ReferenceEquals(this, other) || (_hash == other._hash && _labels.AsSpan().SequenceEqual(other._labels)));

    public override bool Equals(object? obj) => Equals(obj as Labels);

    public override int GetHashCode() => _hash;

    /// <summary>Orders as Prometheus does: label by label, name before value, the shorter set first.</summary>
    public int CompareTo(Labels? other)
    {
        if (other is null)
        {
            return 1;
        }

        var shared = Math.Min(_labels.Length, other._labels.Length);
        for (var index = 0; index < shared; index++)
        {
            var order = string.CompareOrdinal(_labels[index].Name, other._labels[index].Name);
            order = order != 0 ? order : string.CompareOrdinal(_labels[index].Value, other._labels[index].Value);
            if (order != 0)
            {
                return order;
            }
        }

        return _labels.Length.CompareTo(other._labels.Length);
    }

    public IEnumerator<Label> GetEnumerator() => ((IEnumerable<Label>)_labels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _labels.GetEnumerator();

    public ReadOnlySpan<Label> AsSpan() => _labels;

    /// <summary>The text form <c>name{a="b"}</c>; names that need it are quoted.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var name = Name;
        var plainName = name.Length == 0 || LabelText.IsLegacyMetricName(name);
        text.Append(plainName ? name : string.Empty);
        var first = true;
        if (!plainName)
        {
            text.Append('{');
            LabelText.AppendQuoted(text, name);
            first = false;
        }

        foreach (var label in _labels)
        {
            if (label.Name == MetricName)
            {
                continue;
            }

            text.Append(first ? '{' : ',').Append(first ? string.Empty : " ");
            first = false;
            LabelText.AppendName(text, label.Name);
            text.Append('=');
            LabelText.AppendQuoted(text, label.Value);
        }

        return first ? (name.Length == 0 ? "{}" : text.ToString()) : text.Append('}').ToString();
    }

    public static bool operator ==(Labels? left, Labels? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Labels? left, Labels? right) => !(left == right);

    public static bool operator <(Labels left, Labels right) => left.CompareTo(right) < 0;

    public static bool operator >(Labels left, Labels right) => left.CompareTo(right) > 0;

    public static bool operator <=(Labels left, Labels right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Labels left, Labels right) => left.CompareTo(right) >= 0;
}
