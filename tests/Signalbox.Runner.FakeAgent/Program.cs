using Signalbox.Runner.FakeAgent;

// Stands in for an AI agent in tests: does what its arguments say.
return args.Length > 0 && Verbs.All.TryGetValue(args[0], out var verb) ? await verb(args[1..]) : Verbs.Explain();
