using System.Buffers;
using Signalbox.Server.Jobs.Running.Output;

namespace Signalbox.Server.Jobs.Running.Commands;

/// <summary>Reads what a command writes until both of its streams end or reading is given up.</summary>
internal static class CommandOutput
{
    private const int ReadBytes = 32 << 10;

    public static async Task ReadAsync(CommandProcess process, RunScope scope, OutputPace pace, TimeProvider clock, CancellationToken cancellationToken)
    {
        // A command that has ended has at most a pipe's worth left, so nobody waits for its pace.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = process.Exited.ContinueWith(static (_, state) => Cancel((CancellationTokenSource)state!), over, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await Task.WhenAll(
            ReadAsync(process.Output, OutputStream.Out),
            ReadAsync(process.Error, OutputStream.Err));

        async Task ReadAsync(Stream stream, OutputStream name)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
            try
            {
                while (await stream.ReadAsync(buffer, cancellationToken) is var count and > 0)
                {
                    scope.Output.Write(name, buffer.AsSpan(0, count));
                    if (pace.After(count) is var wait && wait > TimeSpan.Zero)
                    {
                        await Task.Delay(wait, clock, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    }
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // Given up: somebody who could not be ended still holds the stream open.
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Reading ended before the command did.
        }
    }
}
