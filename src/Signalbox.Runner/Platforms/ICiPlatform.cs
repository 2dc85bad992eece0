using Signalbox.Runner.Facts;

namespace Signalbox.Runner.Platforms;

/// <summary>Reads one CI platform's variables.</summary>
internal interface ICiPlatform
{
    /// <summary>As in <see cref="CiContext.Platform"/>.</summary>
    string Name { get; }

    bool IsHere(CiVariables variables);

    CiContext Read(CiVariables variables);
}
