using System.Text;
using AltSendme.Core.Plugins;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Plugins;

public sealed class PluginManifestTests
{
    private const string Good = """{"id":"example.tcp","kind":"transport","schemes":["ip","tcp2"],"version":"1.2.3","contractVersion":"1.0","assembly":"Example.dll","type":"Example.Plugin","description":"d","license":"MIT","future":[1,{"a":2}]}""";

    [Fact]
    public void A_manifest_is_read_and_what_it_does_not_know_is_ignored()
    {
        Assert.True(PluginManifest.TryRead(Encoding.UTF8.GetBytes(Good), out var manifest, out _));

        Assert.Equal("example.tcp", manifest.Id);
        Assert.Equal(PluginKind.Transport, manifest.Kind);
        Assert.Equal(["ip", "tcp2"], manifest.Schemes);
        Assert.Equal("1.0", manifest.ContractVersion.ToString());
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("[]", "object")]
    [InlineData("{", "JSON")]
    [InlineData("{}", "\"id\"")]
    [InlineData("""{"id":"\ud800"}""", "Unicode")]
    public void A_file_that_is_no_manifest_is_refused_with_the_reason(string text, string expected)
    {
        Assert.False(PluginManifest.TryRead(Encoding.UTF8.GetBytes(text), out _, out var fault));

        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"id\":\"example.tcp\"", "\"id\":\"../x\"", "\"id\"")]
    [InlineData("\"id\":\"example.tcp\"", "\"id\":7", "\"id\"")]
    [InlineData("\"kind\":\"transport\"", "\"kind\":\"1\"", "\"kind\"")]
    [InlineData("\"kind\":\"transport\"", "\"kind\":\"storage\"", "\"kind\"")]
    [InlineData("\"schemes\":[\"ip\",\"tcp2\"]", "\"schemes\":[]", "schemes")]
    [InlineData("\"schemes\":[\"ip\",\"tcp2\"]", "\"schemes\":[\"IP\"]", "schemes")]
    [InlineData("\"contractVersion\":\"1.0\"", "\"contractVersion\":\"one\"", "contractVersion")]
    [InlineData("\"assembly\":\"Example.dll\"", "\"assembly\":\"../Example.dll\"", "assembly")]
    [InlineData("\"assembly\":\"Example.dll\"", "\"assembly\":\"run.sh\"", "assembly")]
    public void A_manifest_with_one_bad_member_is_refused_and_the_member_named(string good, string bad, string expected)
    {
        Assert.False(PluginManifest.TryRead(Encoding.UTF8.GetBytes(Good.Replace(good, bad, StringComparison.Ordinal)), out _, out var fault));

        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> BrokenMembers
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var member in new[] { "id", "kind", "version", "contractVersion", "assembly", "type" })
            {
                foreach (var value in new[] { "null", "7", "true", "{}", "[]", "\"\"", $"\"{new string('x', 1025)}\"" })
                    data.Add(member, value);
            }

            foreach (var value in new[] { "null", "7", "\"ip\"", "{}", "[7]", "[\"\"]", "[\"a b\"]", $"[{string.Join(',', Enumerable.Repeat("\"ip\"", 17))}]" })
                data.Add("schemes", value);
            foreach (var value in new[] { "null", "7", "[]", "{}", Hashes("../x.dll", Hash), Hashes("/x.dll", Hash), Hashes("a\\\\b.dll", Hash), Hashes("plugin.json", Hash), Hashes("Example.dll", "00"), Hashes("Example.dll", Hash.ToUpperInvariant()), "{\"Example.dll\":7}" })
                data.Add("hashes", value);
            return data;
        }
    }

    private static string Hash => string.Concat(Enumerable.Repeat("ab", 32));

    [Theory]
    [MemberData(nameof(BrokenMembers))]
    public void Every_member_that_is_broken_is_named_with_its_file(string member, string value)
    {
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(Good)!.AsObject();
        manifest[member] = System.Text.Json.Nodes.JsonNode.Parse(value);

        Assert.False(PluginManifest.TryRead(Encoding.UTF8.GetBytes(manifest.ToJsonString()), out _, out var fault));

        Assert.StartsWith("in plugin.json, ", fault, StringComparison.Ordinal);
        Assert.Contains($"\"{member}\"", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_member_that_is_there_twice_is_a_fault()
    {
        Assert.False(PluginManifest.TryRead(Encoding.UTF8.GetBytes(Good.Replace("{", """{"id":"other",""", StringComparison.Ordinal)), out _, out var fault));

        Assert.Contains("twice", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Hashes_are_read_by_path()
    {
        var text = Good.Replace("\"id\"", $"\"hashes\":{Hashes("Example.dll", Hash)},\"id\"", StringComparison.Ordinal);

        Assert.True(PluginManifest.TryRead(Encoding.UTF8.GetBytes(text), out var manifest, out _));
        Assert.Equal(Hash, manifest.Hashes!["Example.dll"]);
    }

    [Fact]
    public void Foreign_bytes_never_make_the_reader_throw()
    {
        var random = Seeds.Random();
        var good = Encoding.UTF8.GetBytes(Good);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = (byte[])good.Clone();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            PluginManifest.TryRead(bytes.AsMemory(0, random.Next(bytes.Length + 1)), out _, out _);
        }
    }

    private static string Hashes(string file, string hash) => $$"""{"{{file}}":"{{hash}}"}""";
}
