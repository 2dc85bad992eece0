namespace Signalbox.Server.Tests.Runs.Uploading;

/// <summary>A network that breaks: requests from a number on do not arrive, or their answers do not.</summary>
/// <param name="arrive">Requests that are answered.</param>
/// <param name="loseAnswer">Whether the next one arrives all the same and only its answer is lost.</param>
internal sealed class CuttingHandler(int arrive, bool loseAnswer, CancellationTokenSource stop) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _requests;

    public int Requests => _requests;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _requests);
        if (number <= arrive)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        if (loseAnswer && number == arrive + 1)
        {
            using var response = await base.SendAsync(request, cancellationToken);
        }

        await stop.CancelAsync();
        throw new HttpRequestException("The connection was cut.");
    }
}
