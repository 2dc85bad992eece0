using Signalbox.PromQL.Model;

namespace Signalbox.Telemetry.Metrics.Storage.Index;

/// <summary>Which series: its key, and its labels once an index or a reader has needed them.</summary>
/// <param name="key">Owned; never changed.</param>
internal sealed class SeriesIdentity(byte[] key, ulong hash) : IEquatable<SeriesIdentity>
{
    private Labels? _labels;

    public byte[] Key { get; } = key;

    public ulong Hash { get; } = hash;

    /// <summary>The labels with strings shared through <paramref name="index"/>; built once.</summary>
    public Labels Labels(PostingsIndex index) => _labels ??= index.LabelsOf(Key);

    public bool Equals(SeriesIdentity? other) =>
        other is not null && (ReferenceEquals(this, other) || (Hash == other.Hash && Key.AsSpan().SequenceEqual(other.Key)));

    public override bool Equals(object? obj) => Equals(obj as SeriesIdentity);

    public override int GetHashCode() => Hash.GetHashCode();
}
