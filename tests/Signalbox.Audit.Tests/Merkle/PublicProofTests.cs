using System.Text.Json;
using Signalbox.Server.Audit.Merkle;
using Signalbox.Testing.Files;
using Xunit;

namespace Signalbox.Audit.Tests.Merkle;

/// <summary>The proofs that certificate transparency's implementers test with, right ones and tampered ones.</summary>
public sealed class PublicProofTests
{
    [Fact]
    public void ProofsOfInclusion() => Check("inclusion", static proof => InclusionProof.Verify(proof.Number("leafIdx"), proof.Number("treeSize"), proof.Bytes("leafHash"), proof.Hashes, proof.Bytes("root")));

    [Fact]
    public void ProofsOfConsistency() => Check("consistency", static proof => ConsistencyProof.Verify(proof.Number("size1"), proof.Number("size2"), proof.Hashes, proof.Bytes("root1"), proof.Bytes("root2")));

    [Fact]
    public void ProofsOfInclusionInSubtrees() => Check(
        "subtreeinclusion",
        static proof => InclusionProof.VerifySubtree(proof.Number("leafIdx"), proof.Number("start"), proof.Number("end"), proof.Bytes("leafHash"), proof.Hashes, proof.Bytes("root")));

    [Fact]
    public void ProofsOfConsistencyOfSubtrees() => Check(
        "subtreeconsistency",
        static proof => ConsistencyProof.VerifySubtree(proof.Number("start"), proof.Number("end"), proof.Number("size"), proof.Hashes, proof.Bytes("root1"), proof.Bytes("root2")));

    private static void Check(string folder, Func<PublicProof, bool> verify)
    {
        var files = Directory.GetFiles(Path.Combine(ConformanceFolder.Require("merkle"), folder), "*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        var wrong = new List<string>();
        foreach (var file in files)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            if (verify(new PublicProof(document.RootElement)) == document.RootElement.GetProperty("wantErr").GetBoolean())
            {
                wrong.Add(file);
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>One file of the set.</summary>
    private sealed class PublicProof(JsonElement json)
    {
        public IReadOnlyList<byte[]> Hashes { get; } = json.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof ? [.. proof.EnumerateArray().Select(static hash => hash.GetBytesFromBase64())] : [];

        // Sizes are unsigned there; what is more than a signed one holds is a size that no tree has.
        public long Number(string name) => json.GetProperty(name).TryGetInt64(out var number) ? number : -1;

        public byte[] Bytes(string name) => json.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? text.GetBytesFromBase64() : [];
    }
}
