using Signalbox.Runner.App;

return await RunnerCommand.RunAsync(args);
