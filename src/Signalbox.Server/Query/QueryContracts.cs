namespace Signalbox.Server.Query;

/// <summary>Which version of Prometheus's API is spoken here, and which program speaks it.</summary>
/// <param name="Version">The API's version, because clients such as Grafana switch features on by it.</param>
/// <param name="Revision">The commit that Signalbox was built from.</param>
/// <param name="Application">The program's name.</param>
/// <param name="ApplicationVersion">The program's own version.</param>
/// <remarks>Members that only a Go program could fill are empty.</remarks>
internal sealed record BuildInfo(
    string Version, string Revision, string Branch, string BuildUser, string BuildDate, string GoVersion, string Application, string ApplicationVersion);

/// <summary>A metric family's description, as one sender gave it.</summary>
internal sealed record MetadataEntry(string Type, string Help, string Unit);
