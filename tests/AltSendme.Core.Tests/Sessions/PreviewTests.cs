using System.Buffers.Binary;
using System.Text;
using AltSendme.Abstractions;
using AltSendme.Blobs.Blake3;
using AltSendme.Blobs.Collections;
using AltSendme.Core.Identity;
using AltSendme.Core.Previews;
using AltSendme.Core.Progress;
using AltSendme.Core.Receiving;
using AltSendme.Core.Tickets;
using AltSendme.TestKit;

namespace AltSendme.Core.Tests.Sessions;

/// <summary>The preview protocol of the AltSendme app, both sides, and senders that misuse it.</summary>
public sealed class PreviewTests : IAsyncLifetime
{
    private readonly SessionHarness _harness = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(1));

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _limit.CancelAsync();
        await _harness.DisposeAsync();
        _limit.Dispose();
    }

    [Fact]
    public async Task A_receiver_is_told_types_before_the_proved_list()
    {
        _harness.Folder.Write("cat.png", "not really");
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "cat.png");

        await _harness.ReceiveAsync(ticket);
        await running;

        var hint = Assert.Single(_harness.Received.Of<SenderPreviewed>());
        Assert.Equal(("cat.png", "image/png", 10L), (hint.Preview.Name, hint.Preview.MimeType, hint.Preview.Bytes));
        Assert.Empty(_harness.Received.Of<PreviewDiffers>());
        Assert.Single(_harness.Sent.Of<ReceiverConnected>());
    }

    [Fact]
    public async Task The_app_gets_its_answer_before_it_ends_its_side()
    {
        _harness.Folder.Write("a.txt", "text");
        var (ticket, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "a.txt");
        await using var connection = await DialAsync(ticket);
        await using var stream = await connection.OpenStreamAsync(_limit.Token);

        await stream.Output.WriteAsync(new byte[] { 1 }, _limit.Token);
        var answer = await stream.Input.ReadAtLeastAsync(4 + 10, _limit.Token);

        Assert.Equal(answer.Buffer.Length - 4, BinaryPrimitives.ReadUInt32BigEndian(answer.Buffer.FirstSpan));
        Assert.StartsWith("{\"file_name\":\"a.txt\"", Encoding.UTF8.GetString(answer.Buffer.FirstSpan[4..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_request_gets_no_answer()
    {
        _harness.Folder.Write("a.txt", "text");
        var (ticket, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "a.txt");
        await using var connection = await DialAsync(ticket);
        await using var stream = await connection.OpenStreamAsync(_limit.Token);

        await stream.Output.WriteAsync(new byte[] { 2 }, _limit.Token);

        await Assert.ThrowsAnyAsync<TransportException>(async () => await stream.Input.ReadAtLeastAsync(1, _limit.Token));
    }

    [Fact]
    public async Task Silent_callers_for_previews_do_not_keep_a_receiver_from_its_files()
    {
        _harness.Folder.Write("a.txt", "text");
        var (ticket, running) = await _harness.ShareAsync(oneTime: true, _limit.Token, "a.txt");
        for (var i = 0; i < 100; i++)
            await DialAsync(ticket);

        await _harness.ReceiveAsync(ticket);
        await running;

        Assert.Equal(["a.txt"], _harness.Arrived());
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(uint.MaxValue, "{}")]
    [InlineData((8 * 1024 * 1024) + 1, "{}")]
    [InlineData(2, "{}")]
    [InlineData(100, "{")]
    [InlineData(8, "[[[[[[[[")]
    public async Task What_is_no_preview_changes_nothing(uint length, string text)
    {
        var ticket = await HostileAsync(length, text);

        await _harness.ReceiveAsync(ticket);

        Assert.Empty(_harness.Received.Of<SenderPreviewed>());
        Assert.Single(_harness.Received.Of<PreviewReady>());
        Assert.Equal(["real.txt"], _harness.Arrived());
    }

    [Fact]
    public async Task A_preview_that_lies_is_named_and_what_is_agreed_to_is_what_is_proved()
    {
        const string Lie = """{"file_name":"harmless.txt","item_count":1,"size":1}""";
        var ticket = await HostileAsync((uint)Lie.Length, Lie);
        PreviewReady? asked = null;

        await _harness.ReceiveAsync(ticket, consent: (preview, _) =>
        {
            asked = preview;
            return ValueTask.FromResult(true);
        });

        Assert.Equal([new PreviewFile("real.txt", 7)], asked!.Files);
        Assert.Equal((1L, 7L), Assert.Single(_harness.Received.Of<PreviewDiffers>()) is var differs ? (differs.StatedBytes, differs.Bytes) : default);
    }

    [Fact]
    public async Task Nobody_is_asked_for_a_preview_that_nobody_wants()
    {
        _harness.Folder.Write("a.txt", "text");
        var (ticket, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "a.txt");

        await new ReceiveSession(_harness.Services, _harness.Request(ticket, ConflictRule.Rename, null, null) with { AskForPreview = false }, _harness.Received).RunAsync(_limit.Token);

        Assert.Empty(_harness.Received.Of<SenderPreviewed>());
    }

    [Fact]
    public async Task A_sender_may_keep_its_preview_to_itself()
    {
        _harness.Folder.Write("a.txt", "text");
        _harness.Services.Settings.Send.Preview = false;
        var (ticket, _) = await _harness.ShareAsync(oneTime: true, _limit.Token, "a.txt");

        await Assert.ThrowsAsync<PeerUnreachableException>(() => DialAsync(ticket));
    }

    [Fact]
    public void The_numbers_are_those_of_the_app()
    {
        Assert.Equal("sendme/metadata/1", Alpn.Metadata.Name);
        Assert.Equal((1, 8_388_608, 30), (PreviewProtocol.Request, PreviewProtocol.MaxAnswerSize, (int)PreviewProtocol.ServeLimit.TotalSeconds));
    }

    private async Task<IConnection> DialAsync(BlobTicket ticket)
    {
        var transport = new MemoryTransport(_harness.Network, EndpointKey.Generate());
        return await transport.DialAsync(ticket.Endpoint, ticket.ToCandidates().ToAsyncEnumerable(), Alpn.Metadata, _limit.Token);
    }

    private Task<BlobTicket> HostileAsync(uint length, string text)
    {
        var content = "content"u8.ToArray();
        return _harness.ServeAsync(new Collection([new CollectionEntry("real.txt", Subtree.ChainingValue(content, 0, isRoot: true))]), [content], async stream =>
        {
            await stream.Input.ReadAtLeastAsync(1);
            var start = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(start, length);
            await stream.Output.WriteAsync(start);
            await stream.Output.WriteAsync(Encoding.UTF8.GetBytes(text));
            await stream.Output.CompleteAsync();
        });
    }
}
