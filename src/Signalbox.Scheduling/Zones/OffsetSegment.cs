namespace Signalbox.Scheduling;

/// <summary>A stretch of UTC seconds within one calendar year in which a zone keeps one offset, and what lies on both sides of it.</summary>
/// <param name="From">First UTC second.</param>
/// <param name="To">First UTC second after it.</param>
/// <param name="Offset">Local time minus UTC, in seconds.</param>
/// <param name="Previous">UTC second of the change before; meaningless when <paramref name="OffsetBefore"/> equals <paramref name="Offset"/>.</param>
/// <param name="OffsetBefore">The offset before that change.</param>
/// <param name="Following">UTC second of the change after; meaningless when <paramref name="OffsetAfter"/> equals <paramref name="Offset"/>.</param>
/// <param name="OffsetAfter">The offset after that change.</param>
internal readonly record struct OffsetSegment(long From, long To, int Offset, long Previous, int OffsetBefore, long Following, int OffsetAfter)
{
    /// <summary>The clocks went forward when this began: local times from <see cref="GapStart"/> to <see cref="GapEnd"/> do not exist.</summary>
    public bool BeginsWithGap => OffsetBefore < Offset;

    public long GapStart => Previous + OffsetBefore;

    public long GapEnd => Previous + Offset;

    /// <summary>The local time is in its second pass here.</summary>
    public bool IsSecondPass(long local) => OffsetBefore > Offset && local < Previous + OffsetBefore;

    /// <summary>The local time will come again after the change that ends this.</summary>
    public bool IsFirstPass(long local) => OffsetAfter < Offset && local >= Following + OffsetAfter;
}
