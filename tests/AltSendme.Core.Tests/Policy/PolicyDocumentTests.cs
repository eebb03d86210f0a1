using System.Text;
using AltSendme.Abstractions;
using AltSendme.Core.Policy;
using AltSendme.Core.Policy.Sources;
using AltSendme.Core.Settings.Documents;
using AltSendme.Core.Tests.Policy.Generated;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Policy;

/// <summary>What an administrator can write wrong is refused with the file and the key, and nothing is transferred until it is right.</summary>
public sealed class PolicyDocumentTests
{
    [Theory]
    [InlineData("""{"Relays":{"Mode":7}}""", "line 1, column 19: Relays:Mode must be any, allowList, forced or disabled, not 7")]
    [InlineData("""{"Relays":{"Mode":"forcd"}}""", "Relays:Mode must be any, allowList, forced or disabled, not 'forcd'")]
    [InlineData("""{"Relays":{"Moed":"any"}}""", "there is no key Relays:Moed; did you mean Relays:Mode?")]
    [InlineData("""{"Relay":{}}""", "there is no key Relay; did you mean Relays?")]
    [InlineData("""{"Relays":{"Mode":"any","mode":"disabled"}}""", "mode stands there twice")]
    [InlineData("""{"Relays":[]}""", "Relays is a section, so it must be an object")]
    [InlineData("""{"Tickets":{"Broadcast":"false"}}""", "Tickets:Broadcast must be true or false, not 'false'")]
    [InlineData("""{"Receive":{"MaxBytes":-1}}""", "Receive:MaxBytes must be 0 to")]
    [InlineData("""{"Receive":{"Folder":"incoming"}}""", "Receive:Folder must be an absolute path")]
    [InlineData("""{"Relays":{"Mode":"forced"}}""", "Relays:Mode is forced, and Relays:Forced names no relay")]
    [InlineData("""{"Relays":{"Allowed":["https://user@relay.example"]}}""", "Relays:Allowed must be a list of patterns")]
    [InlineData("""{"Settings":{"Relays":{"Mode":"disabled"}}}""", "there is no key Settings:Relays")]
    [InlineData("[]", "it must be one JSON object")]
    [InlineData("{", "it is not JSON")]
    [InlineData("""{"Relays":{"Mode":"\ud800"}}""", "half of a surrogate pair")]
    public void A_fault_is_named_with_its_file_and_key(string json, string expected)
    {
        var policy = PolicyBench.Of(json);

        Assert.NotNull(policy.Fault);
        Assert.Equal(PolicyCodes.Invalid, policy.Fault.Code);
        Assert.Contains(expected, policy.Fault.Message, StringComparison.Ordinal);
        Assert.Contains(PolicyBench.Source, policy.Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_policy_that_can_not_be_used_allows_nothing()
    {
        var policy = PolicyBench.Decide("{");

        Assert.False(policy.JudgeTransfers().IsAllowed);
        Assert.False(policy.JudgeAddress(EndpointAddress.FromIp(System.Net.IPEndPoint.Parse("127.0.0.1:1"))).IsAllowed);
        Assert.False(policy.JudgeRelay(new Uri("https://any.example/"), RelayUse.Sending, true).IsAllowed);
        Assert.False(policy.JudgeDestination("/tmp").IsAllowed);
        Assert.False(policy.JudgeTransport("altsendme.tls").IsAllowed);
        Assert.False(policy.AllowsEveryAddress);
    }

    [Fact]
    public void Too_large_and_not_utf8_are_refused()
    {
        Assert.Contains("larger than", Assert.Single(PolicyLoader.Check("p", new byte[10 << 20])), StringComparison.Ordinal);
        Assert.Contains("line 2, column 3: it is not valid UTF-8", Assert.Single(PolicyLoader.Check("p", [(byte)'{', (byte)'\n', (byte)' ', (byte)' ', 0xFF, (byte)'}'])), StringComparison.Ordinal);
    }

    [Fact]
    public void Restrictions_of_several_files_add_up()
    {
        var policy = PolicyBench.Of(
            ("a", """{"Connections":{"Direct":"lanOnly"},"Receive":{"MaxBytes":5,"ForbiddenExtensions":[".exe"]},"Tickets":{"AllowedTypes":["id","relay"]},"Relays":{"Mode":"disabled"}}"""),
            ("b", """{"Connections":{"Direct":"allowed"},"Receive":{"MaxBytes":9,"ForbiddenExtensions":[".com"]},"Tickets":{"AllowedTypes":["relay","full"]},"Relays":{"ReceiveMode":"any"}}"""));

        Assert.Null(policy.Fault);
        Assert.Equal(DirectRule.LanOnly, policy.Direct);
        Assert.Equal(5, policy.Receive.MaxBytes);
        Assert.Equal(["relay"], policy.TicketTypes.Items);
        Assert.Equal(RelayRule.Disabled, policy.Relays.Receiving);
        var decide = new PolicyDecisionPoint(policy);
        Assert.False(decide.JudgeContent(["a.exe"], 1).IsAllowed);
        Assert.False(decide.JudgeContent(["a.com"], 1).IsAllowed);
    }

    [Fact]
    public void A_contradiction_names_both_files()
    {
        var policy = PolicyBench.Of(("first.json", """{"Settings":{"Listen":{"Port":1}}}"""), ("second.json", """{"Settings":{"Listen":{"Port":2}}}"""));

        Assert.Contains("first.json and second.json set Settings:Listen:Port to different values", policy.Fault!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_documents_never_crash_the_readers()
    {
        var json = Encoding.UTF8.GetBytes("""{"Relays":{"Mode":"forced","Forced":{"https://r.example/":"env:T"},"Allowed":["https://*.x.example:*"]},"Receive":{"MaxBytes":12,"ForbiddenExtensions":[".exe"]},"Settings":{"Send":{"Preview":false}}} // end""");
        var plist = ConfigurationProfile.Preferences();
        byte[] binary = [.. "bplist00"u8, 0xD1, 1, 2, 0x51, (byte)'A', 0xA2, 3, 4, 0x09, 0x10, 5, 8, 11, 13, 16, 17, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 19];
        Assert.True(PropertyList.TryRead(plist, out _, out _));
        Assert.True(PropertyList.TryRead(binary, out var read, out var fault), fault.Message);
        Assert.Equal(ConfigKind.List, read.Find("A")!.Kind);
        Seeds.Run(300, random =>
        {
            foreach (var sample in new[] { json, plist, binary })
            {
                var damaged = sample.ToArray();
                for (var i = random.Next(1, 6); i > 0; i--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                damaged = damaged[..random.Next(damaged.Length + 1)];
                PolicyLoader.Check("fuzz", damaged);
                PropertyList.TryRead(damaged, out _, out _);
            }
        });
    }

    [Fact]
    public void The_example_profile_for_macs_is_a_policy_that_can_be_used()
    {
        var faults = new List<string>();
        Assert.True(PropertyList.TryRead(ConfigurationProfile.Preferences(), out var root, out _));
        PolicyMerge.Merge([PolicyPart.Of("profile", root, faults)], faults);

        Assert.Empty(faults);
    }
}
