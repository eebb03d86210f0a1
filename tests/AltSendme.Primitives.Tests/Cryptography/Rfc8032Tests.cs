namespace AltSendme.Primitives.Tests.Cryptography;

/// <summary>The vectors of RFC 8032, section 7.1, with every implementation.</summary>
public sealed class Rfc8032Tests
{
    private static readonly string[][] Vectors = ReadVectors();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var implementation in Implementations.All)
            {
                foreach (var vector in Vectors)
                    cases.Add(implementation, vector[0]);
            }

            return cases;
        }
    }

    [Fact]
    public void All_five_vectors_are_there() => Assert.Equal(5, Vectors.Length);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Keys_signatures_and_verdicts_are_those_of_the_RFC(string implementation, string name)
    {
        var vector = Vectors.Single(v => v[0] == name);
        var ed25519 = Implementations.Ed25519(implementation);
        var message = Convert.FromHexString(vector[3]);
        var publicKey = new byte[32];
        var signature = new byte[64];

        ed25519.DerivePublicKey(Convert.FromHexString(vector[1]), publicKey);
        ed25519.Sign(Convert.FromHexString(vector[1]), message, signature);

        Assert.Equal(vector[2], Convert.ToHexStringLower(publicKey));
        Assert.Equal(vector[4], Convert.ToHexStringLower(signature));
        Assert.True(ed25519.VerifyStrictly(publicKey, message, signature));
    }

    private static string[][] ReadVectors()
    {
        using var file = new StreamReader(typeof(Rfc8032Tests).Assembly.GetManifestResourceStream("rfc8032.tsv")!);
        return [.. file.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(line => line.Split('\t'))];
    }
}
