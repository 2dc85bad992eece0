using System.Globalization;

namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>The mark in the environment by which processes of one attempt are told from others.</summary>
internal static class CommandMark
{
    public const string Variable = "SIGNALBOX_RUN";

    public static string Of(RunRequest request) => string.Create(CultureInfo.InvariantCulture, $"{request.ExecutionId}.{request.Attempt}.{request.Fence}");
}
