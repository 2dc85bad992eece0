using Signalbox.PromQL.Model;
using Signalbox.Server.Ingest.Families;

namespace Signalbox.Server.Tests.Ingest.Host;

/// <summary>What tests ask of collected families.</summary>
internal static class FamilyListQuestions
{
    public static double Value(this FamilyList families, string name, params (string Name, string Value)[] labels) =>
        families.All.Single(family => family.Name == name).Samples.Single(sample =>
            sample.Labels.SequenceEqual(labels.Where(static label => label.Value.Length > 0).Select(static label => new Label(label.Name, label.Value)))).Value;

    public static int Count(this FamilyList families, string name) => families.All.SingleOrDefault(family => family.Name == name)?.Samples.Count ?? 0;
}
