using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Audit.Tests.Retention;

public sealed class MariaDbRetentionTests(SharedDatabases databases) : RetentionConformance(databases, ControlEngine.MySql);
