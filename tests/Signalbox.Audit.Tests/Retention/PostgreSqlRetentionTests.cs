using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Retention;

public sealed class PostgreSqlRetentionTests(SharedDatabases databases) : RetentionConformance(databases, ControlEngine.PostgreSql);
