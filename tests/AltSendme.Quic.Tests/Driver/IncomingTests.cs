using System.Collections.Concurrent;
using AltSendme.Quic.Driver;
using AltSendme.Quic.Paths;

namespace AltSendme.Quic.Tests.Driver;

/// <summary>A server's program decides about each client.</summary>
public sealed class IncomingTests
{
    [Fact]
    public async Task A_program_learns_the_address_and_may_ask_for_a_proof()
    {
        var seen = new ConcurrentQueue<QuicIncoming>();
        await using var pair = Bind(incoming =>
        {
            seen.Enqueue(incoming);
            return QuicIncomingDecision.Retry;
        });

        var (client, _) = await pair.ConnectAsync();

        Assert.False(client.Closed.IsCompleted);
        var from = NetworkAddress.From(pair.Client.LocalEndPoint.Address, pair.Client.LocalEndPoint.Port);
        Assert.Equal([new QuicIncoming(from, false), new QuicIncoming(from, true)], seen);
    }

    [Fact]
    public async Task A_client_that_comes_back_is_known_to_be_at_its_address()
    {
        var seen = new ConcurrentQueue<bool>();
        await using var pair = Bind(incoming =>
        {
            seen.Enqueue(incoming.IsAddressValidated);
            return QuicIncomingDecision.Accept;
        });

        // The token comes with, or soon after, the confirmation of the handshake, so before an answer to what is sent after it.
        var (client, server) = await pair.ConnectAsync();
        Assert.True(await server.SendDatagramAsync(new byte[1]));
        await client.ReceiveDatagramAsync(pair.Deadline);
        await pair.ConnectAsync();

        Assert.Equal([false, true], seen);
    }

    [Fact]
    public async Task A_refused_client_learns_it_at_once()
    {
        await using var pair = Bind(static _ => QuicIncomingDecision.Refuse);

        Assert.Equal(QuicFailure.Refused, await FailureAsync(pair));
    }

    [Fact]
    public async Task An_ignored_client_gives_up()
    {
        await using var pair = Bind(static _ => QuicIncomingDecision.Ignore);

        Assert.Equal(QuicFailure.TimedOut, await FailureAsync(pair));
    }

    [Fact]
    public async Task A_fault_in_the_decision_refuses_one_client_and_no_other()
    {
        var faults = 1;
        await using var pair = Bind(_ => faults-- > 0 ? throw new InvalidOperationException("No opinion.") : QuicIncomingDecision.Accept);

        Assert.Equal(QuicFailure.Refused, await FailureAsync(pair));
        await pair.ConnectAsync();
    }

    private static Pair Bind(Func<QuicIncoming, QuicIncomingDecision> decide) =>
        Pair.Bind(new ConnectionOptions { HandshakeTimeout = TimeSpan.FromMilliseconds(500) }, options => options with { DecideIncoming = decide });

    private static async Task<QuicFailure> FailureAsync(Pair pair) => (await Assert.ThrowsAsync<QuicConnectionException>(
        () => pair.Client.ConnectAsync(pair.Server.LocalEndPoint, pair.ServerKey, Pair.Protocol, pair.Deadline))).Reason.Failure;
}
