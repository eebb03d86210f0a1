using System.Globalization;

namespace AltSendme.Blobs.Tests.Blake3;

/// <summary>The test vectors of the BLAKE3 reference repository (vectors/make-vectors.py says how they came here).</summary>
internal static class OfficialVectors
{
    public const string Context = "BLAKE3 2019-12-27 16:29:52 test vectors context";

    public static byte[] Key { get; } = "whats the Elvish word for friend"u8.ToArray();

    public static IReadOnlyList<OfficialVector> All { get; } = Read();

    private static List<OfficialVector> Read()
    {
        using var stream = typeof(OfficialVectors).Assembly.GetManifestResourceStream("blake3.tsv")!;
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var vectors = new List<OfficialVector>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split('\t');
            vectors.Add(new OfficialVector(
                Pattern.Bytes(int.Parse(fields[0], CultureInfo.InvariantCulture)),
                Convert.FromHexString(fields[1]),
                Convert.FromHexString(fields[2]),
                Convert.FromHexString(fields[3])));
        }
        return vectors;
    }
}

/// <summary>One input and its extended outputs in the three modes.</summary>
internal sealed record OfficialVector(byte[] Input, byte[] Hash, byte[] KeyedHash, byte[] DerivedKey);
