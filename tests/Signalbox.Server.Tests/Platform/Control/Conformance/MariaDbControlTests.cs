using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Platform.Control.Conformance;

public sealed class MariaDbControlTests(SharedDatabases databases) : SharedDatabaseConformance(databases, ControlEngine.MySql);
