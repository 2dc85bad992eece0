using Signalbox.EndToEnd.Tests.Program;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace Signalbox.EndToEnd.Tests.Program;

/// <summary>One published server for all tests that leave it as they found it.</summary>
public sealed class SharedServer : PageServer
{
    public const string Password = "correct horse battery staple";
}
