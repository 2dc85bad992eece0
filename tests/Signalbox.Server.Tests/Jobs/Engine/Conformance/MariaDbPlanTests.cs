using Signalbox.Server.Platform.Control;
using Signalbox.Testing.Services;

namespace Signalbox.Server.Tests.Jobs.Engine.Conformance;

public sealed class MariaDbPlanTests(SharedDatabases databases) : PlanConformance(databases, ControlEngine.MySql);
