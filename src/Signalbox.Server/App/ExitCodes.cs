namespace Signalbox.Server.App;

/// <summary>What <c>signalbox</c> exits with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;

    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int BadConfiguration = 78;
}
