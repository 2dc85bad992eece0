using System.Text;
using Signalbox.Server.Platform.Control;
using Signalbox.Settings;
using Xunit;

namespace Signalbox.Server.Tests.Platform.Control;

public sealed class ControlTargetTests
{
    private const string Secret = "p@ss:wörd/1#?";

    private static readonly Dictionary<string, string> Nothing = new(StringComparer.Ordinal);

    [Fact]
    public void WithoutASettingItIsAFile() => Assert.Equal(ControlTarget.Sqlite, ControlTarget.Read(new SettingsReader(new SettingsSources(Nothing, Nothing, null))));

    [Fact]
    public void AUrlNamesEverything()
    {
        Assert.Null(ControlTarget.TryParse($"postgres://signal%40box:{Uri.EscapeDataString(Secret)}@db.example:6543/control%2Dplane?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem", out var target));

        Assert.Equal(
            new ControlTarget(ControlEngine.PostgreSql)
            {
                Host = "db.example",
                Port = 6543,
                Database = "control-plane",
                User = "signal@box",
                Password = Secret,
                SslMode = "verify-full",
                RootCertificate = "/etc/ca.pem",
            },
            target);
    }

    [Theory]
    [InlineData("postgres://u@h/d", 5432)]
    [InlineData("postgresql://u@h/d", 5432)]
    [InlineData("mysql://u@h/d", 3306)]
    [InlineData("mariadb://u:@[::1]/d", 3306)]
    public void ThePortMayBeLeftOut(string url, int port)
    {
        Assert.Null(ControlTarget.TryParse(url, out var target));
        Assert.Equal(port, target.Port);
        Assert.Equal("prefer", target.SslMode);
    }

    [Fact]
    public void TheEnvironmentMayHoldIt()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["SIGNALBOX_STORAGE__CONTROL"] = "mysql://u:p@h/d" };

        Assert.Equal(ControlEngine.MySql, ControlTarget.Read(new SettingsReader(new SettingsSources(Nothing, environment, null))).Engine);
    }

    [Theory]
    [InlineData("postgre://u:hidden@h/d")]
    [InlineData("postgres://u:hidden@h")]
    [InlineData("postgres://:hidden@h/d")]
    [InlineData("postgres://u:hidden@/d")]
    [InlineData("postgres://u:hidden@h:port/d")]
    [InlineData("postgres://u:hidden@h/d/e")]
    [InlineData("postgres://u:hidden@h/d#f")]
    [InlineData("postgres://u:hid#den@h/d")]
    [InlineData("postgres://u:hidden@h/d?sslmode=hidden")]
    [InlineData("postgres://u:hidden@h/d?pass=hidden")]
    [InlineData("hidden")]
    [InlineData("SQLITE")]
    public void WhatIsWrongIsSaidWithoutShowingIt(string url)
    {
        var settings = new SettingsReader(new SettingsSources(new Dictionary<string, string>(StringComparer.Ordinal) { ["storage.control"] = url }, Nothing, null));

        var target = ControlTarget.Read(settings);

        Assert.Equal(ControlTarget.Sqlite, target);
        var error = Assert.Single(settings.Errors);
        Assert.Equal("storage.control", error.Key);
        Assert.DoesNotContain("hid", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ItsTextHasNoPassword()
    {
        Assert.Null(ControlTarget.TryParse($"mysql://u:{Uri.EscapeDataString(Secret)}@[::1]:3307/d?sslmode=require", out var target));

        Assert.Equal("mysql://u@[::1]:3307/d", target.ToString());
        Assert.Equal("access denied with ***", target.Redact($"access denied with {Secret}"));
        Assert.DoesNotContain(Secret, new ControlOptions(1, 1, 1) { Target = target }.ToString(), StringComparison.Ordinal);
        Assert.Equal("sqlite", ControlTarget.Sqlite.ToString());
    }

    [Fact]
    public void NoTextBreaksIt()
    {
        var random = new Random(20260322);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            var text = Encoding.Latin1.GetString(bytes);
            var url = (round % 3) switch { 0 => text, 1 => "postgres://" + text, _ => "mysql://u:p@h/d?" + text };

            Assert.True(ControlTarget.TryParse(url, out var target) is not null || target.Engine == ControlEngine.Sqlite == (url == "sqlite"));
        }
    }
}
