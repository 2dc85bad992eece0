using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Signalbox.Runner.Auditing;
using Signalbox.Runner.Uploading;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Runner.Tests.Auditing;

public sealed class AuditSpoolTests
{
    [Fact]
    public async Task RecordsThatCameWithARepositoryAreNotSent()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no modes.");
            return;
        }

        using var folder = new TemporaryFolder();
        folder.Write("spool/0/a.jsonl", "{\"id\":\"01234567-89ab-8def-8123-456789abcdef\"}\n");
        Directory.CreateDirectory(folder.File("spool", "1"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Write("spool/1/b.jsonl", "{\"id\":\"11234567-89ab-8def-8123-456789abcdef\"}\n");

        // Neither a pipe nor a link keeps it waiting or is sent.
        Process.Start("mkfifo", [folder.File("spool", "1", "a.jsonl")]).WaitForExit();
        File.CreateSymbolicLink(folder.File("spool", "1", "c.jsonl"), folder.File("spool", "0", "a.jsonl"));
        var options = new UploadOptions { Server = new Uri("http://127.0.0.1:1/"), Token = new ServerToken("token", null) };
        await using var sender = new AuditSender(options, folder.File("spool"), RunScene.Redactor, TimeProvider.System, NullLogger.Instance);
        await sender.FinishAsync(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);

        Assert.Equal(1, sender.Kept);
        Assert.True(File.Exists(folder.File("spool", "0", "a.jsonl")));
    }
}
