namespace Signalbox.Runner.Resources;

/// <summary>Measures a command's tree.</summary>
/// <remarks>Called by one thread at a time.</remarks>
internal interface ITreeSource
{
    /// <summary>At least the bytes that <see cref="Read"/> would tell, at little cost.</summary>
    long ReadUpperBound();

    TreeUsage Read();

    /// <summary>Lets the tree start nothing more, where the system can; true takes it back when called with false.</summary>
    /// <returns>Whether it is so now.</returns>
    bool Hold(bool held);
}
