using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Runs;

public sealed class PostgreSqlRunsTests(SharedDatabases databases) : RunsConformance(databases, ControlEngine.PostgreSql);
