using Signalbox.EndToEnd.Tests.Jobs;
using Signalbox.EndToEnd.Tests.Program;
using Xunit;

[assembly: AssemblyFixture(typeof(JobsServer))]

namespace Signalbox.EndToEnd.Tests.Jobs;

/// <summary>One server for all tests of the jobs' pages; each of them works with jobs of its own.</summary>
public sealed class JobsServer : PageServer;
