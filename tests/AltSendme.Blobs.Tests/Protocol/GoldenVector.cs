using System.Text.Json;
using AltSendme.Blobs.Tests.Bao;

namespace AltSendme.Blobs.Tests.Protocol;

/// <summary>A request and what a real iroh node answered (tests/vectors/README.md).</summary>
public sealed record GoldenVector(string What, string? Hash, string Request, string? Response, int? Length, string? Sha256)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<IReadOnlyDictionary<string, GoldenVector>> Loaded = new(Load);
    private static readonly Lazy<PatternSource> Blobs = new(MakeBlobs);

    public static IReadOnlyDictionary<string, GoldenVector> All => Loaded.Value;

    internal static PatternSource Source => Blobs.Value;

    public override string ToString() => What;

    private static Dictionary<string, GoldenVector> Load() =>
        Files().SelectMany(file => file.RootElement.GetProperty("vectors").Deserialize<GoldenVector[]>(Options)!).DistinctBy(vector => vector.What).ToDictionary(vector => vector.What);

    private static IEnumerable<JsonDocument> Files()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AltSendme.sln")))
            folder = folder.Parent!;
        foreach (var file in new[] { "blobs-iroh-0.35.json", "blobs-iroh-0.35-ranges.json" })
            yield return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.FullName, "tests", "vectors", file)));
    }

    /// <summary>Everything that the node had when it was asked.</summary>
    private static PatternSource MakeBlobs()
    {
        var source = new PatternSource();
        var small = new[] { ("one", 1, 0), ("dir/two", 16385, 0), ("empty", 0, 0) };
        source.AddCollection(small.Select(file => (file.Item1, source.Add(PatternBlob.Pattern(file.Item2, file.Item3)))));
        foreach (var file in Files())
        {
            var vectors = file.RootElement.GetProperty("vectors").EnumerateArray();
            foreach (var size in vectors.Where(vector => vector.TryGetProperty("size", out _)).Select(vector => vector.GetProperty("size").GetInt32()).Distinct())
                source.Add(PatternBlob.Pattern(size));

            if (!file.RootElement.TryGetProperty("collections", out var collections))
                continue;
            foreach (var collection in collections.EnumerateObject())
            {
                source.AddCollection(collection.Value.GetProperty("files").EnumerateArray().Select(entry =>
                    (entry.GetProperty("name").GetString()!, source.Add(PatternBlob.Pattern(entry.GetProperty("size").GetInt32(), entry.GetProperty("offset").GetInt32())))));
            }

            foreach (var sequence in file.RootElement.GetProperty("sequences").EnumerateObject())
                source.Add([.. sequence.Value.EnumerateArray().SelectMany(piece => Convert.FromHexString(piece.GetString()!))]);
        }

        return source;
    }
}
