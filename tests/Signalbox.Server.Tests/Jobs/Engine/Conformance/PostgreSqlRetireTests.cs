using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

public sealed class PostgreSqlRetireTests(SharedDatabases databases) : RetireConformance(databases, ControlEngine.PostgreSql);
