namespace Signalbox.Runner.Processes;

/// <summary>Numbers of signals on this system.</summary>
/// <remarks>Source: https://man7.org/linux/man-pages/man7/signal.7.html; for macOS its <c>sys/signal.h</c>.</remarks>
internal static class SignalNumbers
{
    public const int Hangup = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Pipe = 13;
    public const int Alarm = 14;
    public const int Terminate = 15;
    public const int TerminalInput = 21;
    public const int TerminalOutput = 22;
    public const int WindowChange = 28;

    public static int User1 => OperatingSystem.IsMacOS() ? 30 : 10;

    public static int User2 => OperatingSystem.IsMacOS() ? 31 : 12;

    public static int Child => OperatingSystem.IsMacOS() ? 20 : 17;

    public static int Continue => OperatingSystem.IsMacOS() ? 19 : 18;

    public static int Stop => OperatingSystem.IsMacOS() ? 17 : 19;

    public static int TerminalStop => OperatingSystem.IsMacOS() ? 18 : 20;
}
