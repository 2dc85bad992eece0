// Stands in for an AI agent in tests: does what its arguments say.
return args.Length == 0 ? 2 : 0;
