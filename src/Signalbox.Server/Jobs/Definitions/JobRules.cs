using System.Globalization;
using Signalbox.Server.Jobs.Running;
using Signalbox.Server.Jobs.Running.Handlers;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Jobs.Definitions;

/// <summary>What every change of jobs goes by: the bounds, who is trusted, and new ids.</summary>
internal sealed class JobRules(JobsOptions options, HandlerCatalog handlers, JobsMetrics metrics, TimeProvider clock)
{
    public TaskLimits Limits => options.Tasks;

    /// <summary>An id that sorts by its time of making.</summary>
    public string NewId() => Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>Reads a definition, or tells everything that is wrong with it.</summary>
    /// <param name="tenant">Whose job it is to be; one that may have no handlers is not told which there are.</param>
    public Outcome<JobDefinition> Read(DefinitionText text, string tenant)
    {
        var errors = new DefinitionErrors();
        return (IsTrusted(tenant) ? Read(text, errors) : DefinitionReader.Read(text, Limits, errors)) is { } definition ? definition : Refuse(errors.Items);
    }

    /// <summary>Reads a definition whose errors are told by the caller.</summary>
    /// <returns>Null when something is wrong, which is in <paramref name="errors"/>.</returns>
    public JobDefinition? Read(DefinitionText text, DefinitionErrors errors)
    {
        var definition = DefinitionReader.Read(text, Limits, errors);
        return definition?.Work is HandlerWork handler && !CheckHandler(handler, "handler.", errors) ? null : definition;
    }

    /// <summary>Whether there is such a handler and it takes these arguments.</summary>
    /// <param name="path">Stands before the member that is wrong.</param>
    public bool CheckHandler(HandlerWork handler, string path, DefinitionErrors errors)
    {
        if (handlers.Check(handler.Name, handler.Arguments) is not var (member, message))
        {
            return true;
        }

        errors.Add(path + member, message);
        return false;
    }

    public Refusal Refuse(IReadOnlyList<DefinitionError> errors)
    {
        foreach (var limit in errors.Select(static error => error.Limit).OfType<string>())
        {
            metrics.DefinitionRefused(limit);
        }

        var members = errors.GroupBy(static error => error.Member, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Select(static error => error.Message).ToArray(), StringComparer.Ordinal);
        return new Refusal(StatusCodes.Status400BadRequest, "invalid_member", "Bad request", string.Join(" ", errors.Select(static error => error.ToString())))
        {
            More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = members },
        };
    }

    /// <summary>Whether a tenant may have what runs on the server's machine.</summary>
    public bool IsTrusted(string tenant) => options.TrustedTenants.Contains(tenant, StringComparer.Ordinal);

    /// <summary>Refuses what runs on the server's machine to tenants that are not trusted with it.</summary>
    public Refusal? CheckTrust(string tenant, JobWork work)
    {
        if (work is HttpWork || IsTrusted(tenant))
        {
            return null;
        }

        metrics.DefinitionRefused("jobs.trusted_tenants");
        return Refusal.Forbidden(
            "tenant_not_trusted", $"A {work.Kind} runs on the server's own machine, which the tenant {tenant} is not trusted with (jobs.trusted_tenants). Its jobs may make HTTP calls.");
    }

    public Refusal TooManyWait()
    {
        metrics.DefinitionRefused(TaskLimits.WaitingKey);
        return new Refusal(
            StatusCodes.Status429TooManyRequests, "too_many_waiting", "Too many", string.Create(CultureInfo.InvariantCulture, $"{Limits.Waiting} runs by hand of this job wait for their start already, as many as {TaskLimits.WaitingKey} allows."))
        {
            RetryAfterSeconds = 10,
        };
    }

    public Refusal TooMany()
    {
        metrics.DefinitionRefused(TaskLimits.PerTenantKey);
        return Refusal.Conflict("too_many_tasks", string.Create(CultureInfo.InvariantCulture, $"This tenant has {Limits.PerTenant} jobs, as many as {TaskLimits.PerTenantKey} allows; delete some."));
    }
}
