using Xunit;

namespace Signalbox.Testing.Services;

/// <summary>A program that Debian packages and a test wants to run for real.</summary>
/// <remarks><c>./test</c> installs the packages beforehand where it may; a test never installs anything itself.</remarks>
public sealed record DebianPackage(string Name, string Program)
{
    public static readonly DebianPackage Prometheus = new("prometheus", "/usr/bin/prometheus");
    public static readonly DebianPackage Promtool = new("prometheus", "/usr/bin/promtool");
    public static readonly DebianPackage NodeExporter = new("prometheus-node-exporter", "/usr/bin/prometheus-node-exporter");
    public static readonly DebianPackage Pushgateway = new("prometheus-pushgateway", "/usr/bin/prometheus-pushgateway");
    public static readonly DebianPackage Chromium = new("chromium", "/usr/bin/chromium");
    public static readonly DebianPackage PostgreSql = new("postgresql-15", "/usr/lib/postgresql/15/bin/postgres");
    public static readonly DebianPackage Redis = new("redis-server", "/usr/bin/redis-server");
    public static readonly DebianPackage Etcd = new("etcd-server", "/usr/bin/etcd");
    public static readonly DebianPackage MariaDb = new("mariadb-server", "/usr/sbin/mariadbd");

    /// <summary>The program's path; the test is skipped, visibly, when it is not installed.</summary>
    public string Require()
    {
        if (!File.Exists(Program))
        {
            Assert.Skip($"{Program} is not installed (Debian package {Name}); ./test installs it where it may.");
        }

        return Program;
    }
}
