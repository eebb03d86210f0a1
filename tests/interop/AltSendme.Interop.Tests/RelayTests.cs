using AltSendme.Interop.Tests.Peers;

namespace AltSendme.Interop.Tests;

/// <summary>Our relay between real iroh 1.1 endpoints, in a namespace without UDP, so that all that they have is the relay; but where the direct path is the point.</summary>
public sealed class RelayTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [PeerFact]
    public Task Two_endpoints_without_a_direct_path_exchange_16_MiB_each_way() => TryAsync("exchange");

    [PeerFact]
    public Task A_transfer_goes_on_when_the_relay_is_restarted_in_its_middle() => TryAsync("restart");

    [PeerFact]
    public Task Endpoints_with_a_direct_path_do_not_notice_that_the_relay_is_killed() => TryAsync("killed");

    [PeerFact]
    public Task An_endpoint_with_the_token_gets_in_and_one_with_another_or_none_does_not() => TryAsync("token");

    [PeerFact]
    public Task Lists_let_in_whom_they_should() => TryAsync("lists");

    [PeerFact]
    public Task Of_two_endpoints_with_one_id_the_newer_gets_the_connection() => TryAsync("twice");

    private static async Task TryAsync(string scenario)
    {
        var server = Path.Combine(AppContext.BaseDirectory, "altsendme-relay.dll");
        await IsolatedRun.SucceedsAsync(Limit, "node", "--no-deprecation", SourceTree.PathOf("tests/interop/peers/relay.mjs"), server, scenario);
    }
}
