using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Sequencing;

public sealed class SqliteAuditStoreTests(SharedDatabases databases) : AuditStoreConformance(databases, ControlEngine.Sqlite);
