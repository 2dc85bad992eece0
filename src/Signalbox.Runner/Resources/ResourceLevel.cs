namespace Signalbox.Runner.Resources;

/// <summary>How near memory is to its limit.</summary>
internal enum ResourceLevel
{
    Normal,

    /// <summary>From the warning threshold on.</summary>
    Warning,

    /// <summary>From the threshold on where nothing new may begin.</summary>
    Refusing,

    /// <summary>Past the limit: the command is ended.</summary>
    Critical,
}
