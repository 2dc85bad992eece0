using Signalbox.EndToEnd.Tests.Audit;
using Signalbox.EndToEnd.Tests.Program;
using Xunit;

[assembly: AssemblyFixture(typeof(AuditServer))]

namespace Signalbox.EndToEnd.Tests.Audit;

/// <summary>One server for all tests of the audit log's pages; each of them looks for what it did itself.</summary>
public sealed class AuditServer : PageServer;
