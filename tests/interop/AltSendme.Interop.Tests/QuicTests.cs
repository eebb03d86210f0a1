using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests;

/// <summary>Our QUIC and a real iroh 1.1 endpoint, each as client and as server. Both run in one namespace, ours as the program that the scenarios are in.</summary>
public sealed class QuicTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [PeerTheory]
    [InlineData("client")]
    [InlineData("server")]
    public Task Handshakes_prove_both_identities_and_agree_on_a_protocol_or_fail(string role) => TryAsync(role, "handshake", "retry", "wrong-id", "wrong-alpn", "several-alpns");

    [PeerTheory]
    [InlineData("client")]
    [InlineData("server")]
    public Task Silence_ends_a_connection_unless_it_is_kept_alive(string role) => TryAsync(role, "idle", "keep-alive");

    // 64 MiB each way at once keep the peer's JavaScript busy for ten seconds; who connected makes no difference to them.
    [PeerTheory]
    [InlineData("client", "both-ways")]
    [InlineData("server", "both-ways-briefly")]
    public Task Streams_carry_whole_data(string role, string bothWays) => TryAsync(role, "echo", "uni", bothWays, "many-streams", "half-close", "key-update");

    [PeerTheory]
    [InlineData("client")]
    [InlineData("server")]
    public Task Codes_and_reasons_reach_the_other_end(string role) => TryAsync(role, "our-reset", "their-reset", "our-stop", "their-stop", "our-close", "their-close", "datagrams");

    [PeerTheory]
    [InlineData("client")]
    [InlineData("server")]
    public Task Data_is_whole_over_a_path_that_loses_doubles_and_swaps(string role) => TryAsync(role, "loss-0-1", "loss-0-2", "loss-1-1", "loss-1-2", "loss-5-1", "loss-5-2", "loss-20-1", "loss-20-2");

    [PeerFact]
    public Task The_same_first_datagram_from_two_addresses_makes_one_connection() => TryAsync("server", "two-addresses");

    [PeerFact]
    public Task A_client_that_comes_back_proves_its_address_with_the_token_that_it_was_given() => TryAsync("server", "second-visit");

    private static async Task TryAsync(string role, params string[] scenarios)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AltSendme.Interop.QuicNode.dll");
        await IsolatedRun.SucceedsAsync(Limit, ["dotnet", program, SourceTree.PathOf("tests/interop/peers/quic.mjs"), role, .. scenarios]);
    }
}
