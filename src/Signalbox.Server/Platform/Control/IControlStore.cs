namespace Signalbox.Server.Platform.Control;

/// <summary>Runs work on one kind of database; <see cref="ControlDatabase"/> says what each call promises.</summary>
internal interface IControlStore : IAsyncDisposable
{
    IControlDialect Dialect { get; }

    Task<T> WriteAsync<T>(Func<ControlSession, Task<T>> work, bool repeatable, CancellationToken cancellationToken);

    Task<T> RunAsync<T>(Func<ControlSession, Task<T>> statement, CancellationToken cancellationToken);

    Task<T> ReadAsync<T>(Func<ControlSession, Task<T>> query, CancellationToken cancellationToken);
}
