using Signalbox.Testing.Services;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedDatabases))]
