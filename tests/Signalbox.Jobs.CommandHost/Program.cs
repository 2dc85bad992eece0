using System.Globalization;
using Signalbox.Server.Jobs.Running.Commands;

// Starts commands as the server does, and then waits to be killed. Arguments: how many, and the shell script each of them runs; {n} is its number.
var count = int.Parse(args[0], CultureInfo.InvariantCulture);
var started = new List<CommandProcess>();
for (var number = 0; number < count; number++)
{
    var text = number.ToString(CultureInfo.InvariantCulture);
    var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = "/usr/bin:/bin", [CommandMark.Variable] = $"{Environment.ProcessId}.{text}" };
    started.Add(CommandProcess.Start("/bin/sh", ["-c", args[1].Replace("{n}", text, StringComparison.Ordinal)], Path.GetTempPath(), environment, lease: null));
}

Console.WriteLine(string.Join(' ', started.Select(static process => process.Id)));
await new TaskCompletionSource().Task;
