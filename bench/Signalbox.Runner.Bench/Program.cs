Console.Error.WriteLine("Usage: bench/runner start | parse | memory");
return 2;
