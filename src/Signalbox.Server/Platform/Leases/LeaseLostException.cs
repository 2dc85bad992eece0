namespace Signalbox.Server.Platform.Leases;

/// <summary>Work was attempted under a lease that is no longer held; thrown inside a unit of work, it undoes it.</summary>
internal sealed class LeaseLostException(LeaseName name, long token)
    : Exception(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The lease {name} with token {token} is no longer held."))
{
    public LeaseName Name => name;

    public long Token => token;
}
