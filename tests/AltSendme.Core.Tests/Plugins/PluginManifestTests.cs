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
}
