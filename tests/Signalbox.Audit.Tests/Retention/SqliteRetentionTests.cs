using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Retention;

public sealed class SqliteRetentionTests(SharedDatabases databases) : RetentionConformance(databases, ControlEngine.Sqlite);
