namespace Signalbox.Runner.App;

/// <summary>What <c>cicd-runner</c> exits with by itself; every other code is the command's own, or 128 + n when signal n ended it.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;

    /// <summary>EX_CONFIG of sysexits.h.</summary>
    public const int BadConfiguration = 78;

    /// <summary>A limit of memory, or a budget of tokens, money, time or turns, was passed; <c>outcome.json</c> says which.</summary>
    public const int ResourceLimit = 102;

    /// <summary>The command is there and cannot be started, as a shell says it.</summary>
    public const int NotExecutable = 126;

    /// <summary>There is no such command, as a shell says it.</summary>
    public const int NotFound = 127;
}
