namespace Signalbox.Server.Identity.Users;

/// <summary>Hashes and checks passwords, a few at a time: each costs a processor some tenths of a second on purpose.</summary>
internal sealed class PasswordDesk : IDisposable
{
    private readonly SignInOptions _options;
    private readonly SemaphoreSlim _free;
    private int _waiting;

    public PasswordDesk(IdentityOptions options)
    {
        _options = options.SignIn;
        _free = new SemaphoreSlim(_options.Parallel, _options.Parallel);
    }

    /// <summary>False when so many checks wait that a further one should come back later.</summary>
    public bool HasRoom => Volatile.Read(ref _waiting) < _options.Waiting;

    public Task<string> HashAsync(string password, CancellationToken cancellationToken) =>
        RunAsync(() => PasswordHash.Create(password, _options.Iterations), cancellationToken);

    /// <summary>Checks a password; takes as long when there is none to check against.</summary>
    /// <param name="stored">Null for a user who does not exist or has no password.</param>
    public Task<PasswordVerdict> VerifyAsync(string? stored, string password, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            var verdict = PasswordHash.Verify(stored ?? PasswordHash.Nobodys(_options.Iterations), password, _options.Iterations);
            return stored is null ? PasswordVerdict.Wrong : verdict;
        },
        cancellationToken);

    public void Dispose() => _free.Dispose();

    private async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }
}
