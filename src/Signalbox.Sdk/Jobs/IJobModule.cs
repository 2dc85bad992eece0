namespace Signalbox.Sdk.Jobs;

/// <summary>Registers the handlers of an assembly that <c>jobs.handler_assemblies</c> names.</summary>
/// <remarks>Every public class of the assembly that implements this and has a constructor without parameters is made once, at the server's start.</remarks>
public interface IJobModule
{
    void Register(JobRegistry registry);
}
