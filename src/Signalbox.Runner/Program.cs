using Signalbox.Runner.App;
using Signalbox.Runner.Processes.Unix;

ChildEnds.Keep();
return await RunnerCommand.RunAsync(args);
