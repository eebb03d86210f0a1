using AltSendme.Abstractions;
using AltSendme.Core.Errors;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>What happens to a transfer when its way to the sender dies, with and without a word, and another way is there.</summary>
public sealed class LinkTests : IAsyncLifetime
{
    private const int Size = 3_000_000;

    private readonly SessionHarness _harness = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));
    private readonly byte[] _content = new byte[Size];

    public Task InitializeAsync()
    {
        Seeds.Random().NextBytes(_content);
        _harness.Folder.Write("big.bin", _content);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _harness.Network.Speak();
        _harness.Spare.Speak();
        await _limit.CancelAsync();
        await _harness.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_transfer_whose_first_transport_is_cut_goes_on_over_the_second()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "big.bin");
        AtHalf(() =>
        {
            _harness.Spare.IsDown = false;
            _harness.Network.IsDown = true;
            _harness.Network.CutAll();
        });

        var completed = await ReceiveAsync(ticket);
        await running;

        Assert.Equal(Size, completed.FetchedBytes);
        Assert.InRange(_harness.Spare.BytesServed, 1, Size * 3 / 4);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(_harness.Destination, "big.bin")));
        Assert.Equal(ticket.Endpoint.ToShortString(), _harness.Received.Of<Reconnecting>()[0].Peer);
    }

    [Fact]
    public async Task An_address_of_another_transport_that_only_the_preview_names_is_tried_when_the_way_of_the_ticket_dies()
    {
        _harness.Spare.Scheme = "spare";
        var (shared, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "big.bin");
        var ticket = shared with { Addresses = [.. shared.Addresses.Where(static address => address.Scheme != "spare")] };
        AtHalf(() =>
        {
            _harness.Spare.IsDown = false;
            _harness.Network.IsDown = true;
            _harness.Network.CutAll();
        });

        await _harness.ReceiveAsync(ticket);
        await running;

        Assert.InRange(_harness.Spare.BytesServed, 1, Size * 3 / 4);
        Assert.DoesNotContain(_harness.Received.Of<Connecting>()[0].Candidates, static candidate => candidate.Address.Scheme == "spare");
        Assert.Contains(_harness.Received.Of<Connecting>()[^1].Candidates, static candidate => candidate is { Address.Scheme: "spare", Source.Name: "preview" });
    }

    [Fact]
    public async Task A_transfer_whose_first_transport_falls_silent_goes_on_over_the_second()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "big.bin");
        AtHalf(() =>
        {
            _harness.Spare.IsDown = false;
            _harness.Network.FallSilent();
        });

        var completed = await ReceiveAsync(ticket);
        await running;

        Assert.Equal(Size, completed.FetchedBytes);
        Assert.Contains("Nothing has arrived", _harness.Received.Of<Reconnecting>()[0].Reason, StringComparison.Ordinal);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(_harness.Destination, "big.bin")));
    }

    [Fact]
    public async Task A_silence_that_ends_while_another_way_is_sought_costs_nothing()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "big.bin");
        AtHalf(_harness.Network.FallSilent);
        _harness.Received.Reported += value =>
        {
            if (value is Reconnecting)
                _harness.Network.Speak();
        };

        var completed = await ReceiveAsync(ticket);
        await running;

        Assert.Equal(Size, completed.FetchedBytes);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(_harness.Destination, "big.bin")));
    }

    [Fact]
    public async Task A_file_that_goes_to_a_stream_survives_a_silent_transport_without_a_byte_twice()
    {
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "big.bin");
        AtHalf(() =>
        {
            _harness.Spare.IsDown = false;
            _harness.Network.FallSilent();
        });
        using var output = new MemoryStream();

        await Session(ticket).RunAsync(output, _limit.Token);
        await running;

        Assert.Equal(_content, output.ToArray());
    }

    [Fact]
    public async Task A_sender_that_stalls_for_ever_is_given_up_and_what_was_verified_stays()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "big.bin");
        AtHalf(_harness.Network.FallSilent);

        var exception = await Assert.ThrowsAsync<PeerUnreachableException>(() => Session(ticket, retryFor: TimeSpan.FromSeconds(2)).RunAsync(_limit.Token));

        Assert.Equal(ErrorCodes.PeerLost, exception.Code);
        Assert.Contains(ticket.Endpoint.ToShortString(), exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("big.bin", _harness.Arrived());
        Assert.Contains(_harness.Arrived(), static path => path.EndsWith("data/big.bin", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_during_a_silence_ends_the_run_at_once()
    {
        var (ticket, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "big.bin");
        using var stop = new CancellationTokenSource();
        AtHalf(_harness.Network.FallSilent);
        _harness.Received.Reported += value =>
        {
            if (value is Reconnecting)
                stop.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Session(ticket).RunAsync(stop.Token));
    }

    private Task<ReceiveCompleted> ReceiveAsync(BlobTicket ticket) => Session(ticket).RunAsync(_limit.Token);

    private ReceiveSession Session(BlobTicket ticket, TimeSpan? retryFor = null) =>
        new(_harness.Services, _harness.Request(ticket, ConflictRule.Rename, null, retryFor) with { StallAfter = TimeSpan.FromSeconds(1), AskForPreview = false }, _harness.Received);

    private void AtHalf(Action happen)
    {
        var done = 0;
        _harness.Network.Tamper = bytes =>
        {
            if (_harness.Network.BytesServed > Size / 2 && Interlocked.Exchange(ref done, 1) == 0)
                happen();
            return bytes;
        };
    }
}
