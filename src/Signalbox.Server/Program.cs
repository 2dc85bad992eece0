using Signalbox.Server.App;

return await SignalboxCommand.RunAsync(args);
